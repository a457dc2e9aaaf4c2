package personas.run.shard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import personas.connector.Connectors;
import personas.connector.storage.StoredFile;
import personas.feature.UserSchema;
import personas.feature.shard.RecordDigest;
import personas.feature.shard.RecordHasher;
import personas.math.Hashing;
import personas.model.ModelJson;
import personas.model.replay.ReplayComparison;
import personas.table.InputFormat;
import personas.table.read.FileHeader;
import personas.table.read.FileRange;
import personas.table.read.RangeReader;
import personas.table.read.RangeSplitter;

/**
 * Compares the digest of the accepted records with a plain implementation, and checks what verify
 * rejects.
 */
class RecordDigestTest {
  private static final String SPEC =
      """
      # How customers pay.
      name: customers
      input: {id: customer, passThrough: [note]}
      features:
        - {name: spend, missing: mean}
        - {name: plan, type: category, levels: [free, pro, team], missing: level}
        - {name: visits}
      clustering: {k: 3}
      """;
  private static final List<String> PLANS = List.of("free", "pro", "team", "basic", "");
  private static final String HEADER = "customer,spend,plan,visits,note\n";
  private static final Path MODEL = Path.of("src/test/resources/golden/sample-model.json");

  @TempDir static Path folder;
  private static UserSchema schema;

  @BeforeAll
  static void readSpec() throws Exception {
    FileSystems.setDefaultPipelineOptions(PipelineOptionsFactory.create());
    schema =
        Connectors.readSpec("spec", new ByteArrayInputStream(SPEC.getBytes(StandardCharsets.UTF_8)))
            .schema();
  }

  /** A row of the table; an empty spend is missing. */
  private record Row(String customer, String spend, String plan, String visits, String note) {
    String csv() {
      String field = note.contains(",") ? '"' + note.replace("\"", "\"\"") + '"' : note;
      return String.join(",", customer, spend, plan, visits, field) + "\n";
    }

    /** The canonical form, as the documentation says it. */
    byte[] canonical() throws IOException {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      DataOutputStream out = new DataOutputStream(bytes);
      writeText(customer, 0, out);
      out.writeLong(
          spend.isEmpty()
              ? 0x7ff8000000000000L
              : Double.doubleToLongBits(Double.parseDouble(spend) + 0.0));
      writeText(plan.isEmpty() ? "missing" : plan.equals("basic") ? "other" : plan, 1, out);
      out.writeLong(Double.doubleToLongBits(Double.parseDouble(visits)));
      out.write(("," + csv().strip().split(",", 5)[4]).getBytes(StandardCharsets.UTF_8));
      return bytes.toByteArray();
    }

    private static void writeText(String text, int more, DataOutputStream out) throws IOException {
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      int length = utf8.length + more;
      if (length > 127) {
        out.write(length % 128 + 128);
        out.write(length / 128);
      } else {
        out.write(length);
      }
      out.write(utf8);
    }
  }

  private static List<Row> rows(Random random, int count) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rows.add(
          new Row(
              "kundin-" + i + (i % 7 == 0 ? "-é" : "") + (i % 50 == 0 ? "x".repeat(150) : ""),
              i % 11 == 0 ? "" : i % 13 == 0 ? "-0" : amount(random),
              PLANS.get(random.nextInt(PLANS.size())),
              String.valueOf(1 + random.nextInt(900)),
              i % 3 == 0 ? "calls, \"often\"" : "quiet" + i));
    }
    return rows;
  }

  private static String amount(Random random) {
    return String.format(Locale.ROOT, "%.2f", 1 + random.nextInt(90_000) / 100.0);
  }

  private static String csv(List<Row> rows) {
    StringBuilder csv = new StringBuilder(HEADER);
    rows.forEach(row -> csv.append(row.csv()));
    return csv.toString();
  }

  private static RecordDigest digest(List<Row> rows) throws Exception {
    return digest(csv(rows).getBytes(StandardCharsets.UTF_8), 1_000_000, 1_000);
  }

  /** Reads a table in ranges as a run does, and merges the digests of the ranges. */
  private static RecordDigest digest(byte[] csv, long rangeBytes, int shardRows) throws Exception {
    Path file = Files.write(folder.resolve("users.csv"), csv);
    StoredFile source = new StoredFile(file.toString(), csv.length);
    FileHeader header = FileHeader.read(source, schema, InputFormat.CSV);
    List<RecordDigest> parts = new ArrayList<>();
    for (var range : RangeSplitter.of(source, schema, InputFormat.CSV, rangeBytes)) {
      FileRange task = new FileRange(range, file.toString(), source.size(), header);
      RecordDigest part = new RecordDigest();
      RecordHasher hasher = new RecordHasher(schema);
      new RangeReader(schema, header, shardRows)
          .read(
              RangeStaging.file(task),
              range,
              RangeStaging.UNKNOWN_START,
              shard -> hasher.add(shard, part),
              rejection -> {});
      parts.add(part);
    }
    Collections.shuffle(parts, new Random(csv.length + rangeBytes));
    RecordDigest all = new RecordDigest();
    parts.forEach(all::merge);
    return all;
  }

  @Test
  void isTheSumOfTheHashesOfTheCanonicalRecords() throws Exception {
    List<Row> rows = rows(new Random(1), 400);
    BigInteger sum = BigInteger.ZERO;
    for (Row row : rows) {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(row.canonical());
      sum = sum.add(new BigInteger(1, hash));
    }
    RecordDigest digest = digest(rows);
    assertEquals(400, digest.records());
    String hex = sum.mod(BigInteger.ONE.shiftLeft(256)).toString(16);
    assertEquals("0".repeat(64 - hex.length()) + hex, digest.hex());
  }

  @Test
  void isTheSameForAnyOrderAndSplit() throws Exception {
    List<Row> rows = rows(new Random(2), 500);
    RecordDigest whole = digest(rows);
    Random random = new Random(3);
    for (int i = 0; i < 20; i++) {
      Collections.shuffle(rows, random);
      byte[] csv = csv(rows).getBytes(StandardCharsets.UTF_8);
      assertEquals(whole, digest(csv, 300 + random.nextInt(9_000), 1 + random.nextInt(80)));
    }
  }

  @Test
  void dependsOnWhichRecordHasWhichValue() throws Exception {
    List<Row> rows = rows(new Random(4), 60);
    String whole = digest(rows).hex();
    Random random = new Random(5);
    for (int i = 0; i < 100; i++) {
      int a = random.nextInt(60);
      int b = (a + 1 + random.nextInt(59)) % 60;
      Row one = rows.get(a);
      Row two = rows.get(b);
      List<Row> swapped = new ArrayList<>(rows);
      swapped.set(a, new Row(one.customer, two.spend, one.plan, one.visits, one.note));
      swapped.set(b, new Row(two.customer, one.spend, two.plan, two.visits, two.note));
      assertEquals(one.spend.equals(two.spend), digest(swapped).hex().equals(whole));
    }
    for (int row : List.of(0, 17, 59)) {
      List<Row> lost = new ArrayList<>(rows);
      lost.remove(row);
      assertNotEquals(whole, digest(lost).hex());
      List<Row> twice = new ArrayList<>(rows);
      twice.add(rows.get(row));
      assertNotEquals(whole, digest(twice).hex());
      assertEquals(61, digest(twice).records());
    }
  }

  /** The program does not use the text of a level that the spec does not list. */
  @Test
  void dependsOnValuesAndNotOnHowTheyAreWritten() throws Exception {
    Row row = new Row("a", "1.50", "basic", "7", "n");
    RecordDigest digest = digest(List.of(row));
    assertEquals(digest, digest(List.of(new Row("a", "1.5", "gold", "7.0", "n"))));
    assertEquals(
        digest(List.of(new Row("a", "-0", "pro", "7", "n"))),
        digest(List.of(new Row("a", "0", "pro", "7", "n"))));
    assertNotEquals(digest, digest(List.of(new Row("a", "", "basic", "7", "n"))));
    assertNotEquals(digest, digest(List.of(new Row("a", "1.5", "", "7", "n"))));
  }

  @Test
  void rejectsOneByteChangesOfUsedValues() throws Exception {
    byte[] csv = csv(rows(new Random(6), 100)).getBytes(StandardCharsets.UTF_8);
    RecordDigest whole = digest(csv, 1_000_000, 1_000);
    Random random = new Random(7);
    int changes = 0;
    while (changes < 400) {
      int at = HEADER.length() + random.nextInt(csv.length - HEADER.length());
      byte changed = changed(csv, at, random);
      if (changed != csv[at]) {
        byte[] other = csv.clone();
        other[at] = changed;
        assertNotEquals(whole, digest(other, 1_000_000, 1_000), "byte " + at);
        changes++;
      }
    }
  }

  /** Another digit or letter that changes what the program uses; the same byte if none does. */
  private static byte changed(byte[] csv, int at, Random random) {
    String line = lineOf(csv, at);
    boolean isOther = line.contains(",basic,") && csv[at] >= 'a';
    if (csv[at] >= '0' && csv[at] <= '9' && !line.contains(",-0,")) {
      return (byte) ('0' + random.nextInt(10));
    }
    return csv[at] >= 'a' && csv[at] <= 'z' && !isOther
        ? (byte) ('a' + random.nextInt(26))
        : csv[at];
  }

  private static String lineOf(byte[] csv, int at) {
    String text = new String(csv, StandardCharsets.ISO_8859_1);
    int end = text.indexOf('\n', at);
    return text.substring(text.lastIndexOf('\n', at - 1) + 1, end < 0 ? text.length() : end);
  }

  @Test
  void rejectsOneByteChangesOfTheSpecAndOfTheModel() throws Exception {
    byte[] spec = Files.readAllBytes(Path.of("pipelines/image-platform-users.yaml"));
    byte[] model = Files.readAllBytes(MODEL);
    String program = ModelJson.read("model", new ByteArrayInputStream(model)).program();
    String meaning = Connectors.readSpec("spec", new ByteArrayInputStream(spec)).digest();
    ReplayComparison whole = ReplayComparison.of(model);
    assertEquals(
        Optional.empty(), whole.differenceOfSources(program, Hashing.sha256(spec), meaning));
    assertEquals(Optional.empty(), whole.differenceFrom(model));
    Random random = new Random(8);
    for (int i = 0; i < 300; i++) {
      byte[] other = changedAnywhere(spec, random);
      assertTrue(
          whole
              .differenceOfSources(program, Hashing.sha256(other), meaning)
              .orElseThrow()
              .startsWith("the spec differs from the spec of the run: "));
    }
    for (int i = 0; i < 300; i++) {
      byte[] other = changedAnywhere(model, random);
      assertTrue(rejected(other, model).length() > 10);
    }
  }

  private static byte[] changedAnywhere(byte[] bytes, Random random) {
    byte[] other = bytes.clone();
    other[random.nextInt(bytes.length)] ^= (byte) (1 + random.nextInt(255));
    return other;
  }

  private static String rejected(byte[] model, byte[] replay) throws IOException {
    ReplayComparison comparison;
    try {
      comparison = ReplayComparison.of(model);
    } catch (IOException notJson) {
      return notJson.getMessage();
    }
    return comparison.differenceFrom(replay).orElseThrow();
  }

  @Test
  void namesTheFirstFigureThatDiffers() throws Exception {
    String model = Files.readString(MODEL);
    for (String[] change :
        new String[][] {
          {
            "\"inertia\":161.4823746085167",
            "\"inertia\":161.4823746085168",
            "inertia is 161.4823746085168 in the model and 161.4823746085167 in the replay"
          },
          {
            "\"mean\":642.29",
            "\"mean\":643.29",
            "features[1].mean is 643.29 in the model and 642.29 in the replay"
          },
          {
            "\"records\":100",
            "\"records\":101",
            "the records differ from the records of the run: the replay accepted 100 records with digest"
          },
          {"\"seed\":42", "\"seed\": 42", "byte 396 in line 13 differs; the values are equal"},
          {"\"iterations\":1,", "", "iterations is missing in the model and 1 in the replay"},
        }) {
      String changed = model.replace(change[0], change[1]);
      assertNotEquals(model, changed);
      String said =
          rejected(
              changed.getBytes(StandardCharsets.UTF_8), model.getBytes(StandardCharsets.UTF_8));
      assertTrue(said.startsWith(change[2]), said);
    }
  }
}
