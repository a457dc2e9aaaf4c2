package personas;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import personas.cli.Run;
import personas.text.CsvBuffer;

/**
 * A seeded table of texts with a spec. Some values are missing, out of range or invalid.
 *
 * @param name name of the segmentation
 * @param spec the YAML
 * @param columns names of the columns, the id first
 * @param rows one text per column
 */
public record UserTable(String name, String spec, List<String> columns, List<List<String>> rows) {
  private static final int USERS = 4_000;

  /** All tables. */
  public static List<UserTable> all() {
    return List.of(numbers(), writtenNumbers(), categories());
  }

  private static UserTable of(String name, String spec, List<String> columns, Row row) {
    SplittableRandom random = new SplittableRandom(20261129);
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < USERS; i++) {
      List<String> values = new ArrayList<>(List.of("user-" + i));
      values.addAll(row.values(i % 4, random));
      rows.add(values);
    }
    return new UserTable(name, spec, columns, rows);
  }

  private interface Row {
    List<String> values(int group, SplittableRandom random);
  }

  /** Plain numbers with logarithms, limits, ranges and a policy for missing values each. */
  public static UserTable numbers() {
    return of(
        "numbers",
        """
        name: numbers
        input: {id: user}
        features:
          - {name: spend, transform: log1p, winsorize: 0.95, min: 0, max: 100000}
          - {name: visits, transform: none, winsorize: 0.9, missing: median}
          - {name: basket, transform: none, missing: mean, weight: 2}
          - {name: refunds, transform: log1p, missing: zero}
          - {name: score, transform: none, missing: median, min: -50, max: 50}
        clustering: {k: 5}
        """,
        List.of("user", "spend", "visits", "basket", "refunds", "score"),
        (group, random) ->
            List.of(
                oneOf(random, Math.exp(group + 3 * random.nextDouble()), "abc", "-1", "100001"),
                oneOf(random, 10 * group + random.nextInt(12), "", "NA", "1e999"),
                oneOf(random, 5 + group * random.nextDouble(), "", "null", " 7.5 "),
                oneOf(random, random.nextInt(6) * group, "", "-0.5", "-1"),
                oneOf(random, 12.5 * group - 20, "", "-50", "51")));
  }

  /** Numbers with decimal commas, groups, currencies and percent signs. */
  public static UserTable writtenNumbers() {
    return of(
        "written numbers",
        """
        name: written numbers
        input: {id: user, decimal: ',', thousands: '.', delimiter: ';', missing: ['-', '-999']}
        features:
          - {name: spend, transform: log1p, format: currency}
          - {name: share, transform: none, format: percent, missing: mean}
          - {name: balance, transform: none, format: parentheses, winsorize: 0.98}
        clustering: {k: 4}
        """,
        List.of("user", "spend", "share", "balance"),
        (group, random) -> {
          double spend = Math.exp(4 + group + random.nextDouble());
          double balance = 1000.0 * (group - 1) + 300 * random.nextDouble();
          String positive = String.format(Locale.GERMANY, "%,.2f", Math.abs(balance));
          return List.of(
              oneOf(random, String.format(Locale.GERMANY, "%,.2f €", spend), "1,5.0", "€", "12.34"),
              oneOf(
                  random,
                  String.format(Locale.GERMANY, "%.1f%%", 20 * group + 10 * random.nextDouble()),
                  "-",
                  "-999",
                  "50"),
              balance < 0 ? "(" + positive + ")" : positive);
        });
  }

  /** Categories and booleans. */
  public static UserTable categories() {
    List<String> plans = List.of("basic", "pro, yearly", "the \"big\" one", "a new one", "missing");
    List<String> countries = List.of("DE", "AT", "CH", "other");
    return of(
        "categories",
        """
        name: categories
        input: {id: user}
        features:
          - {name: spend, transform: log1p, weight: 1.5}
          - {name: plan, type: category, levels: [basic, 'pro, yearly', 'the "big" one'], missing: level}
          - {name: country, type: category, levels: [DE, AT], missing: mean, weight: 0.5}
          - {name: channel, type: category, levels: [web, store]}
          - {name: newsletter, type: boolean, missing: mode}
          - {name: trial, type: boolean}
        clustering: {k: 4}
        """,
        List.of("user", "spend", "plan", "country", "channel", "newsletter", "trial"),
        (group, random) ->
            List.of(
                oneOf(random, 100.0 * group + 30 * random.nextDouble(), "-2", "x", "0"),
                oneOf(random, plans.get((group + random.nextInt(2)) % 5), "", "NA", " basic "),
                oneOf(random, countries.get(random.nextInt(4)), "", "n/a", "de"),
                oneOf(random, random.nextBoolean() ? "web" : "store", "", "fax", " web"),
                oneOf(random, random.nextInt(4) < group ? "yes" : "no", "", "?", "maybe"),
                oneOf(random, group == 3 ? "true" : "FALSE", "", "1", "2")));
  }

  /** The usual value, or rarely one of three others. */
  private static String oneOf(SplittableRandom random, Object usual, String... others) {
    int choice = random.nextInt(60);
    return choice < others.length ? others[choice] : String.valueOf(usual);
  }

  /** The row as a record, without the id. */
  public Map<String, String> record(int row) {
    Map<String, String> record = new LinkedHashMap<>();
    for (int c = 1; c < columns.size(); c++) {
      record.put(columns.get(c), rows.get(row).get(c));
    }
    return record;
  }

  /** Segments the users into a folder of the name of the table. */
  public Run segment(Path folder) throws IOException {
    String delimiter = spec.contains("delimiter: ';'") ? ";" : ",";
    StringBuilder csv = new StringBuilder(String.join(delimiter, columns)).append('\n');
    for (List<String> row : rows) {
      csv.append(String.join(delimiter, row.stream().map(UserTable::quoted).toList()));
      csv.append('\n');
    }
    Path input = Files.writeString(folder.resolve(name + ".csv"), csv);
    Path specFile = Files.writeString(folder.resolve(name + ".yaml"), spec);
    return Run.segment(
            folder.resolve(name), "--input=" + input, "--spec=" + specFile, "--maxRejectedShare=1")
        .succeeded();
  }

  private static String quoted(String text) {
    return "\"" + text.replace("\"", "\"\"") + "\"";
  }

  /** The row that the assignments have of a user with a score. */
  public static String assignment(String id, PersonaScore score) {
    CsvBuffer row = new CsvBuffer();
    row.appendAscii(id + "," + score.cluster() + ",");
    appendField(score.persona(), row);
    row.appendByte(',');
    row.appendFixed(score.distance(), 4);
    row.appendByte(',');
    appendField(score.secondPersona(), row);
    row.appendByte(',');
    row.appendFixed(score.margin(), 4);
    row.appendAscii("," + score.outlier());
    return new String(row.toByteArray(), StandardCharsets.UTF_8);
  }

  private static void appendField(String text, CsvBuffer row) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    row.appendField(utf8, 0, utf8.length);
  }

  /** Reason and column of each rejected record, in the order of the input. */
  public static List<String> rejections(Run run) throws IOException {
    return run.rows("rejected").stream()
        .map(row -> row.split(",", 5))
        .sorted(java.util.Comparator.comparingLong(fields -> Long.parseLong(fields[1])))
        .map(fields -> String.join(",", Arrays.asList(fields).subList(2, 4)))
        .toList();
  }
}
