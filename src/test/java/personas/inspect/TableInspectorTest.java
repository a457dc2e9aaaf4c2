package personas.inspect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import personas.connector.Connectors;
import personas.feature.Feature;
import personas.feature.FeatureType;
import personas.feature.MissingPolicy;
import personas.feature.NumberFormat;
import personas.spec.SegmentationSpec;
import personas.spec.SpecException;
import personas.table.bytes.ByteSource;
import personas.table.ledger.BadInputException;

/** Checks the types of columns and the formats of numbers that inspection of a table finds. */
class TableInspectorTest {
  private static final long SEED = 20261203;
  private static final int RECORDS = 400;

  /** A file in memory. */
  private static final class Text implements ByteSource {
    private final String name;
    private final byte[] bytes;

    Text(String name, String text) {
      this.name = name;
      this.bytes = text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public long size() {
      return bytes.length;
    }

    @Override
    public InputStream open(long position) {
      return new ByteArrayInputStream(bytes, (int) position, bytes.length - (int) position);
    }
  }

  private static TableProfile inspect(String file, String text) throws IOException {
    return TableInspector.inspect(file, List.of(new Text(file, text)));
  }

  private static SegmentationSpec spec(TableProfile table) throws IOException, SpecException {
    String yaml = SpecText.of(table, "t");
    return Connectors.readSpec(
        "t.yaml", new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)));
  }

  private static Map<String, Proposal> byName(TableProfile table) {
    return table.columns().stream()
        .collect(Collectors.toMap(each -> each.column().name(), each -> each));
  }

  private static List<String> features(SegmentationSpec spec) {
    return spec.features().stream().map(Feature::name).toList();
  }

  /** A value of a column whose type its name begins with. */
  private static String value(String type, int column, Random random) {
    return switch (type) {
      case "amount" ->
          String.format(Locale.ROOT, "%.2f", Math.exp(random.nextGaussian() + column % 5));
      case "count" -> String.valueOf(random.nextInt(30 + column));
      case "negative" -> String.format(Locale.ROOT, "%.3f", 10 * random.nextGaussian());
      case "yes" -> random.nextInt(3) == 0 ? "yes" : "no";
      case "flag" -> random.nextBoolean() ? "TRUE" : "FALSE";
      case "binary" -> random.nextBoolean() ? "1" : "0";
      case "plan" -> List.of("free", "basic", "pro", "team").get(random.nextInt(2 + column % 3));
      case "city" -> "City " + random.nextInt(40);
      case "iso" -> String.format("2026-%02d-%02d", 1 + random.nextInt(12), 1 + random.nextInt(28));
      case "german" ->
          String.format("%02d.%02d.2026", 1 + random.nextInt(28), 1 + random.nextInt(12));
      case "stamp" ->
          String.format("2026-03-%02dT%02d:00:00Z", 1 + random.nextInt(28), random.nextInt(24));
      case "note" -> "Note " + Long.toString(random.nextLong(), 36) + " of the support";
      case "same" -> "same";
      case "holes" -> random.nextInt(4) == 0 ? "NA" : String.valueOf(random.nextInt(100));
      default -> throw new IllegalArgumentException(type);
    };
  }

  private static final Map<String, ColumnType> PLANTED =
      Map.ofEntries(
          Map.entry("amount", ColumnType.NUMERIC),
          Map.entry("count", ColumnType.NUMERIC),
          Map.entry("negative", ColumnType.NUMERIC),
          Map.entry("holes", ColumnType.NUMERIC),
          Map.entry("yes", ColumnType.BOOLEAN),
          Map.entry("flag", ColumnType.BOOLEAN),
          Map.entry("binary", ColumnType.BOOLEAN),
          Map.entry("plan", ColumnType.CATEGORY),
          Map.entry("city", ColumnType.CATEGORY),
          Map.entry("iso", ColumnType.DATE),
          Map.entry("german", ColumnType.DATE),
          Map.entry("stamp", ColumnType.DATE),
          Map.entry("note", ColumnType.TEXT),
          Map.entry("same", ColumnType.CONSTANT));

  @Test
  void twoHundredPlantedColumnsHaveTheirTypes() throws IOException, SpecException {
    Random random = new Random(SEED);
    List<String> types = new ArrayList<>(new TreeMap<>(PLANTED).keySet());
    List<String> names = new ArrayList<>(List.of("customer_id"));
    for (int c = 1; c <= 200; c++) {
      names.add(types.get(c % types.size()) + "_" + c);
    }
    StringBuilder text = new StringBuilder(String.join(",", names)).append('\n');
    for (int row = 0; row < RECORDS; row++) {
      text.append("C").append(10_000 + row);
      for (int c = 1; c <= 200; c++) {
        text.append(',').append(value(types.get(c % types.size()), c, random));
      }
      text.append('\n');
    }
    TableProfile table = inspect("planted.csv", text.toString());
    ProfileTable.lines(table).forEach(System.out::println);
    Map<String, Proposal> found = byName(table);
    assertEquals(Proposal.Role.ID, found.get("customer_id").role());
    List<String> expected = new ArrayList<>();
    for (String name : names.subList(1, names.size())) {
      ColumnType type = PLANTED.get(name.substring(0, name.indexOf('_')));
      assertEquals(type, found.get(name).column().type(), name);
      if (type == ColumnType.NUMERIC || type == ColumnType.BOOLEAN) {
        expected.add(name);
      }
    }
    assertEquals(expected, features(spec(table)));
    // The same table gives the same spec.
    assertEquals(
        SpecText.of(table, "t"), SpecText.of(inspect("planted.csv", text.toString()), "t"));
  }

  @Test
  void aSemicolonTableWithADecimalComma() throws IOException, SpecException {
    StringBuilder text = new StringBuilder("kundennr;umsatz;menge\n");
    for (int i = 0; i < 50; i++) {
      text.append(500 + 7 * i).append(';').append(i * i).append(",5;").append(i % 9).append('\n');
    }
    SegmentationSpec spec = spec(inspect("x.csv", text.toString()));
    assertEquals(';', spec.input().textSyntax().delimiter());
    assertEquals(',', spec.input().textSyntax().decimal());
    assertEquals("kundennr", spec.input().id());
    assertEquals(List.of("umsatz", "menge"), features(spec));
  }

  @Test
  void marksOfThousandsAndDecorationsOfNumbers() throws IOException, SpecException {
    StringBuilder text = new StringBuilder("id\tspend\tdiscount\tbalance\n");
    for (int i = 0; i < 50; i++) {
      text.append("u").append(i);
      text.append(String.format(Locale.ROOT, "\t$%,d.25\t%d %%", 900 * i, i % 20));
      text.append(i % 3 == 0 ? "\t(" + (i + 1) + ")\n" : "\t" + (2 * i + 1) + "\n");
    }
    SegmentationSpec spec = spec(inspect("x.tsv", text.toString()));
    assertEquals(',', spec.input().textSyntax().thousands());
    assertEquals(
        List.of(
            java.util.Set.of(NumberFormat.CURRENCY),
            java.util.Set.of(NumberFormat.PERCENT),
            java.util.Set.of(NumberFormat.PARENTHESES)),
        spec.features().stream().map(Feature::format).toList());
  }

  @Test
  void saysThatMarksAreAmbiguous() throws IOException {
    StringBuilder text = new StringBuilder("id;spend\n");
    for (int i = 0; i < 50; i++) {
      text.append("u")
          .append(i)
          .append(';')
          .append(1 + i % 7)
          .append(',')
          .append(100 + i)
          .append('\n');
    }
    TableProfile table = inspect("x.csv", text.toString());
    assertTrue(table.isAmbiguous());
    assertTrue(SpecText.of(table, "t").contains("# Check these marks"));
    assertFalse(inspect("x.csv", text.toString().replace(',', '.')).isAmbiguous());
  }

  @Test
  void missingValuesGetAPolicyAndOtherTextsForThemAreListed() throws IOException, SpecException {
    StringBuilder text = new StringBuilder("id,a,b,c\n");
    for (int i = 0; i < 100; i++) {
      text.append("u").append(i).append(',');
      text.append(i % 20 == 0 ? "?" : i % 30 == 1 ? "NULL" : String.valueOf(i * i)).append(',');
      text.append(i % 25 == 0 ? "tbd" : String.valueOf(i % 13)).append(',');
      text.append(i % 10 == 0 ? "" : i % 2 == 0 ? "y" : "n").append('\n');
    }
    SegmentationSpec spec = spec(inspect("x.csv", text.toString()));
    assertTrue(spec.input().textSyntax().missingTokens().contains("tbd"));
    assertEquals(
        List.of(MissingPolicy.MEDIAN, MissingPolicy.MEDIAN, MissingPolicy.MODE),
        spec.features().stream().map(Feature::missing).toList());
    assertEquals(FeatureType.BOOLEAN, spec.features().get(2).type());
  }

  @Test
  void everySkippedColumnHasAReason() throws IOException, SpecException {
    StringBuilder text = new StringBuilder("user_id,order_no,a,copy,rare,empty,zip,users,,x,x\n");
    Random random = new Random(SEED);
    for (int i = 0; i < 300; i++) {
      double a = random.nextGaussian();
      text.append(String.format(Locale.ROOT, "u%d,%d,%.4f,%.4f", i, 7000 + 3 * i, a, 2 * a + 1));
      text.append(i == 7 ? ",5" : ",0").append(",,").append(10_000 + random.nextInt(90_000));
      text.append(",").append(random.nextInt(50)).append(",1,2,3\n");
    }
    TableProfile table = inspect("x.csv", text.toString());
    Map<String, String> reasons = new TreeMap<>();
    table.columns().forEach(each -> reasons.put(each.column().name(), each.reason()));
    assertEquals(List.of("a", "users"), features(spec(table)));
    assertEquals("named like an id", reasons.get("order_no"));
    assertTrue(reasons.get("copy").startsWith("nearly the same as a (correlation 1.000)"));
    assertEquals("near-constant: 99.7% have one value", reasons.get("rare"));
    assertEquals("empty", reasons.get("empty"));
    assertEquals("a code or a place by its name, and not an amount", reasons.get("zip"));
    assertEquals("has no name", reasons.get(""));
    assertEquals("another column has the same name", reasons.get("x"));
  }

  @Test
  void jsonLinesWithBooleansAndKeysThatOnlySomeHave() throws IOException, SpecException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 60; i++) {
      text.append("{\"id\": \"u").append(i).append("\", \"spend\": ").append(i * i);
      text.append(i % 4 == 0 ? "" : ", \"visits\": " + i % 11);
      text.append(", \"active\": ").append(i % 2 == 0).append(", \"tags\": [1, 2]}\n");
    }
    SegmentationSpec spec = spec(inspect("x.jsonl", text.toString()));
    assertEquals(List.of("spend", "active", "visits"), features(spec));
    assertEquals(MissingPolicy.MEDIAN, spec.features().get(2).missing());
    assertEquals("id", spec.input().id());
  }

  /** A record is never taken for the header, whatever is wrong with the header line. */
  @Test
  void aHeaderThatDoesNotFitItsRecordsIsRefused() {
    String rows = "u1,17,250\nu2,31,90\nu3,8,410\n";
    assertEquals(
        "x.csv: the header line 'id,a,b' has 3 columns, but the records have 4 fields, for example"
            + " 'u1,17,250,'; give each field a name, or remove delimiters at the end of the lines",
        refusal("x.csv", "id,a,b\n" + rows.replace("\n", ",\n")));
    String rowNames = refusal("x.csv", "\"a\",\"b\"\n" + rows);
    assertTrue(rowNames.contains("has 2 columns, but the records have 3 fields"), rowNames);
    assertEquals(
        "x.csv: the first line 'u1,17,250' is a record, but a header is expected; add a line"
            + " with the names of the columns",
        refusal("x.csv", rows));
    String mixed = refusal("x.csv", "id,a,b\n" + rows.replace(',', ';'));
    assertTrue(mixed.startsWith("x.csv: line 2 'u1;17;250' is a record"), mixed);
    String json = refusal("x.csv", "{\"id\": \"u\", \"a\": 17}\n{\"id\": \"v\", \"a\": 4}\n");
    assertTrue(json.contains("holds JSON"), json);
  }

  @Test
  void aTitleWithDelimitersIsNotTheHeaderAndYearsMayBe() throws IOException {
    String rows = "u1,17,250\nu2,31,90\nu3,8,410\n";
    TableProfile titled = inspect("x.csv", "Customers of January,,\n,,\nid,a,b\n" + rows);
    assertEquals(List.of("id", "a", "b"), names(titled));
    assertEquals(2, titled.layout().linesAbove());
    assertEquals(List.of("id", "2019", "2020"), names(inspect("x.csv", "id,2019,2020\n" + rows)));
  }

  private static List<String> names(TableProfile table) {
    return table.columns().stream().map(each -> each.column().name()).toList();
  }

  @Test
  void linesThatAreNotRecordsAreCountedAndShown() {
    String objects = "{'id': 'u', 'a': 1}\n".repeat(20);
    assertEquals(
        "x.jsonl: 20 of 20 lines are not one JSON object; write one object per line. Example:"
            + " '{'id': 'u', 'a': 1}'",
        refusal("x.jsonl", objects));
    String commas = "{\"a\": 1},\n".repeat(9) + "{\"a\": 1}\n";
    assertTrue(refusal("x.jsonl", commas).startsWith("x.jsonl: 9 of 10 lines are not one JSON"));
    String csv = refusal("x.jsonl", "id,a\nu,1\n");
    assertTrue(csv.contains("holds CSV"), csv);
    String rows = "id,a,b\n" + "u,1,2\n".repeat(9) + "u,1\n";
    assertTrue(refusal("x.csv", rows).startsWith("x.csv: 1 of 10 records have another number"));
  }

  /** A few grouped numbers in a column of plain ones are read and not dropped. */
  @Test
  void aMarkThatFewNumbersNeedIsFound() throws IOException, SpecException {
    StringBuilder text = new StringBuilder("id,a,b\n");
    StringBuilder points = new StringBuilder("id;a;b\n");
    for (int i = 0; i < 100; i++) {
      String large = i % 25 == 7 ? "\"1,23" + i % 10 + "\"" : String.valueOf(100 + i);
      text.append("u").append(i).append(',').append(large).append(',').append(i % 9).append('\n');
      points.append("u").append(i).append(';').append(large.replaceAll("\"", "").replace(',', '.'));
      points.append(';').append(i % 9).append('\n');
    }
    TableProfile table = inspect("x.csv", text.toString());
    assertEquals(',', spec(table).input().textSyntax().thousands());
    assertEquals(List.of("a", "b"), features(spec(table)));
    assertTrue(table.isAmbiguous(), "1,234 may be 1.234");
    assertTrue(inspect("y.csv", points.toString()).isAmbiguous(), "1.234 may be 1234");
  }

  /** A total makes two columns look alike, and a sentinel dominates a column. */
  @Test
  void oneLargeRecordMakesNoNearDuplicateAndSentinelsAreNamed() throws IOException, SpecException {
    StringBuilder text = new StringBuilder("id,a,b,c\n");
    Random random = new Random(SEED);
    for (int i = 0; i < 100; i++) {
      text.append(
          String.format(
              Locale.ROOT, "u%d,%d,%d,", i, 1 + random.nextInt(90), 1 + random.nextInt(400)));
      text.append(i == 40 ? "1e308" : String.valueOf(i % 7)).append('\n');
    }
    text.append("Total,90000,400000,1\n");
    TableProfile table = inspect("x.csv", text.toString());
    assertEquals(List.of("a", "b"), features(spec(table)));
    String reason = byName(table).get("c").reason();
    assertTrue(reason.startsWith("holds values of 1e+308, which would dominate"), reason);
  }

  private String refusal(String name, String text) {
    return assertThrows(BadInputException.class, () -> inspect(name, text)).getMessage();
  }

  @Test
  void aLargeFileIsSampledEvenly() throws IOException {
    StringBuilder text = new StringBuilder("id,a,b\n");
    for (int i = 0; text.length() < (70 << 20); i++) {
      text.append(i).append(',').append(i % 97).append(",padding of some length ");
      text.append(i % 5).append('\n');
    }
    TableProfile table = inspect("x.csv", text.toString());
    assertFalse(table.isWhole());
    ColumnProfile id = byName(table).get("id").column();
    assertTrue(id.min() < 100_000 && id.max() > 1_900_000, id.min() + " to " + id.max());
    assertEquals(0, byName(table).get("a").column().min());
    assertEquals(96, byName(table).get("a").column().max());
  }
}
