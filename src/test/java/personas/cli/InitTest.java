package personas.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import personas.cli.exit.ExitCode;
import personas.describe.DescribedColumn;
import personas.model.Model;
import personas.run.RunFolders;
import personas.table.SimulatedOrders;

/** Runs files without a spec: {@code init} and {@code segment}. */
class InitTest {
  private static final long SEED = 20261204;
  private static final int USERS = 240;

  @TempDir Path folder;

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  /** Segments a file without a spec; the model, after a look at the spec beside it. */
  private Model segmented(Path file) throws IOException {
    Path output = folder.resolve("out");
    Run run = Run.command(output, "segment", "--output=" + output, "--input=" + file, "--k=3");
    run.succeeded();
    assertTrue(run.errors().contains("A spec was made for " + file), run.errors());
    assertTrue(Files.readString(output.resolve(RunFolders.SPEC_FILE)).contains("path: '" + file));
    return run.model();
  }

  private static List<String> features(Model model) {
    return model.features().stream().map(feature -> feature.name()).toList();
  }

  /** One of three groups, far apart. */
  private static double spend(int user, Random random) {
    return 10 + 400 * (user % 3) + 5 * random.nextDouble();
  }

  private static void isThirds(Model model) {
    assertEquals(
        List.of(USERS / 3L, USERS / 3L, USERS / 3L),
        model.clusters().stream().map(cluster -> cluster.users()).toList());
  }

  @Test
  void aSemicolonTableWithAnUnquotedDecimalComma() throws IOException {
    Random random = new Random(SEED);
    StringBuilder text = new StringBuilder("kunden-nr;umsatz;retouren\n");
    for (int i = 0; i < USERS; i++) {
      String spend = String.format(Locale.ROOT, "%.2f", spend(i, random)).replace('.', ',');
      text.append("K").append(i).append(';').append(spend).append(';').append(20 * ((i + 1) % 3));
      text.append('\n');
    }
    Model model = segmented(file("kunden.csv", text.toString()));
    assertEquals(List.of("umsatz", "retouren"), features(model));
    isThirds(model);
  }

  /** The proposal keeps the limits of a spec. */
  @Test
  void aTableOfMoreCategoriesThanASpecMayDescribe() throws IOException {
    Random random = new Random(SEED);
    StringBuilder text = new StringBuilder("user_id,spend");
    for (int column = 0; column < 250; column++) {
      text.append(",category_").append(column);
    }
    for (int i = 0; i < USERS; i++) {
      text.append("\nu").append(i).append(',').append(spend(i, random));
      for (int column = 0; column < 250; column++) {
        text.append(",level ").append((i + column) % 4);
      }
    }
    Model model = segmented(file("wide.csv", text.append('\n').toString()));
    assertEquals(List.of("spend"), features(model));
    isThirds(model);
    String spec = Files.readString(folder.resolve("out").resolve(RunFolders.SPEC_FILE));
    assertEquals(DescribedColumn.MAX_COLUMNS, spec.split("type: category}", -1).length - 1);
  }

  /** A spec holds no line break, so users of such a level are others. */
  @Test
  void aLevelThatASpecCannotHoldCountsAsOther() throws IOException {
    StringBuilder text = new StringBuilder("user_id,plan\n");
    for (int i = 0; i < USERS; i++) {
      text.append('u').append(i).append(i % 3 == 0 ? ",\"two\nlines\"\n" : ",basic\n");
    }
    segmented(file("lines.csv", text.toString()));
    String spec = Files.readString(folder.resolve("out").resolve(RunFolders.SPEC_FILE));
    assertTrue(spec.contains("levels: ['basic'] # 1 more count as other\n"), spec);
  }

  @Test
  void aTableWithCategoriesDatesAndYesAndNo() throws IOException {
    Random random = new Random(SEED);
    StringBuilder text =
        new StringBuilder("customerID,gender,contract,since,paperless,charges,city,segment,plan\n");
    for (int i = 0; i < USERS; i++) {
      text.append(i).append("-ABC,").append(i % 2 == 0 ? "Male" : "Female").append(',');
      text.append(i % 5 == 0 ? "Two year" : "Month-to-month").append(",2026-0").append(1 + i % 9);
      text.append("-11,").append(i % 3 == 0 ? "Yes" : "No").append(',');
      text.append(String.format(Locale.ROOT, "%.2f", spend(i, random)));
      text.append(",City ").append(i % 8).append(",S").append(i % 4).append(",P").append(i % 6);
      text.append('\n');
    }
    Model model = segmented(file("telco.csv", text.toString()));
    assertEquals(List.of("paperless", "charges"), features(model));
    isThirds(model);
  }

  @Test
  void aTableWithQuestionMarksAndNull() throws IOException {
    Random random = new Random(SEED);
    StringBuilder text = new StringBuilder("id,spend,visits\n");
    for (int i = 0; i < USERS; i++) {
      text.append("u").append(i).append(',');
      text.append(String.format(Locale.ROOT, "%.2f", spend(i, random))).append(',');
      text.append(i % 40 == 0 ? "?" : i % 40 == 1 ? "NULL" : String.valueOf(50 * ((i + 1) % 3)));
      text.append('\n');
    }
    Model model = segmented(file("users.csv", text.toString()));
    assertEquals(List.of("spend", "visits"), features(model));
    assertEquals(6L, model.ledger().recognized().get("missing ?"));
    assertEquals(6L, model.ledger().recognized().get("missing NULL"));
    assertEquals(12L, model.ledger().imputed().get("visits"));
    assertEquals(50, model.features().get(1).imputedValue());
  }

  @Test
  void anExportOfAnalyticsWithCommentLines() throws IOException {
    Random random = new Random(SEED);
    StringBuilder text = new StringBuilder("# ----------\n# User explorer\n# ----------\n\n");
    text.append("Stream user ID,Event count,Total revenue\n");
    for (int i = 0; i < USERS; i++) {
      text.append("GA1.")
          .append(900 + i)
          .append(',')
          .append(30 * ((i + 1) % 3) + i % 2)
          .append(',');
      text.append(String.format(Locale.ROOT, "%.2f", spend(i, random))).append('\n');
    }
    Model model = segmented(file("ga4.csv", text.toString()));
    assertEquals(List.of("Event count", "Total revenue"), features(model));
    assertEquals(4L, model.ledger().recognized().get("lines above the header"));
    isThirds(model);
  }

  /** A log of a service: times in milliseconds since 1970, and some events without a user. */
  @Test
  void anEventLog() throws IOException {
    Random random = new Random(SEED);
    StringBuilder text = new StringBuilder("event_id,user_id,ts,kind,amount,rating\n");
    int event = 0;
    for (int i = 0; i < USERS; i++) {
      for (int each = 0; each < 2 + 4 * (i % 3); each++) {
        long time = 1_790_000_000_000L + 86_400_000L * (i % 3) * 20 + random.nextInt(80_000_000);
        text.append('e').append(event++).append(",u").append(i).append(',').append(time);
        text.append(',').append(each % 2 == 0 ? "order" : "call").append(',');
        text.append(String.format(Locale.ROOT, "%.2f", spend(i, random)));
        text.append(',').append(each == 0 ? "" : 1 + random.nextInt(5)).append('\n');
      }
      text.append(i % 2 == 0 ? "x" + i + ",,1790000000000,order,5,1\n" : "");
    }
    Model model = segmented(file("log.csv", text.toString()));
    assertEquals(
        List.of("events", "total_amount", "mean_rating", "recency_days", "tenure_days"),
        features(model));
    isThirds(model);
    String spec = Files.readString(folder.resolve("out").resolve(RunFolders.SPEC_FILE));
    assertTrue(
        spec.contains("  id: 'user_id' # 240 users, each with 6.0 events on average\n"), spec);
    assertTrue(
        spec.contains(
            "maxRejectedShare: 0.10 # 120 of the 1,560 events have no id and are rejected\n"),
        spec);
    assertTrue(
        spec.contains("# 'events_order': {measure: count, where: \"`kind` = 'order'\"}\n"), spec);
    assertTrue(spec.contains("#   event_id: unique: the id of the event\n"), spec);
    // What the comments propose can be written.
    Path changed = file("changed.yaml", spec.replaceAll("# ('events_)", "$1"));
    Run run = Run.segment(folder.resolve("changed"), "--spec=" + changed).succeeded();
    assertTrue(Files.readString(run.files("users").get(0)).contains("events_order,events_call"));
  }

  @Test
  void theOrdersOfSimulatedCustomers() throws IOException {
    ByteArrayOutputStream csv = new ByteArrayOutputStream();
    new SimulatedOrders(5).writeCsv(0, 600, csv);
    Path orders = file("orders.csv", csv.toString(StandardCharsets.UTF_8));
    Path first = folder.resolve("first.yaml");
    Path second = folder.resolve("second.yaml");
    for (Path spec : List.of(first, second)) {
      Run.command(folder, "init", "--quiet", "--input=" + orders, "--output=" + spec).succeeded();
    }
    assertEquals(Files.readString(first), Files.readString(second));
    Run run = Run.segment(folder.resolve("out"), "--spec=" + first).succeeded();
    assertEquals(600, run.rows("assignments").size());
    assertEquals(
        List.of("events", "total_amount", "recency_days", "tenure_days"), features(run.model()));
  }

  /** Users who share an account, and users of whom a few stand twice, are rows of users. */
  @Test
  void aTableOfUsersIsNotAnEventLog() throws IOException {
    Random random = new Random(SEED);
    StringBuilder accounts = new StringBuilder("id,account_id,created_at,spend\n");
    StringBuilder repeated = new StringBuilder("user_id,created_at,spend\n");
    StringBuilder withoutTime = new StringBuilder("user_id,spend,visits\n");
    for (int i = 0; i < USERS; i++) {
      String spend = String.format(Locale.ROOT, "%.2f", spend(i, random));
      accounts.append("u%d,a%d,2026-01-%02d,%s%n".formatted(i, i / 4, 1 + i % 28, spend));
      repeated.append("u%d,2026-01-%02d,%s%n".formatted(i * 4 / 5, 1 + i % 28, spend));
      withoutTime.append("u%d,%s,%d%n".formatted(i / 6, spend, i % 5));
    }
    for (StringBuilder table : List.of(accounts, repeated, withoutTime)) {
      Path spec = folder.resolve("users.yaml");
      Path users = file("users.csv", table.toString());
      Run.command(folder, "init", "--overwrite", "--input=" + users, "--output=" + spec)
          .succeeded();
      String text = Files.readString(spec);
      assertFalse(text.contains("aggregate:"), text);
      assertTrue(text.contains("- name: 'spend'"), text);
    }
  }

  @Test
  void theSpecOfTheSampleFindsItsThreeGroups() throws IOException {
    String sample = "data/customer_segmentation_data.csv";
    Path spec = folder.resolve("sample.yaml");
    Run.command(folder, "init", "--quiet", "--input=" + sample, "--output=" + spec).succeeded();
    String before = Files.readString(spec);
    Run refused = Run.command(folder, "init", "--input=" + sample, "--output=" + spec);
    assertEquals(ExitCode.USAGE, refused.exitCode());
    Run.command(folder, "init", "--quiet", "--overwrite", "--input=" + sample, "--output=" + spec)
        .succeeded();
    assertEquals(before, Files.readString(spec));
    Run run = Run.segment(folder.resolve("first"), "--spec=" + spec).succeeded();
    assertEquals(3, run.model().clusters().size());
    assertEquals(before, Files.readString(folder.resolve("first/" + RunFolders.SPEC_FILE)));

    // Without a spec, the next run goes on with that of the previous run.
    Run next =
        Run.command(
                folder.resolve("next"),
                "segment",
                "--quiet",
                "--input=" + sample,
                "--output=" + folder.resolve("next"),
                "--previousModel=" + folder.resolve("first/model.json"))
            .succeeded();
    assertEquals(run.model().spec().digest(), next.model().spec().digest());
    Files.delete(folder.resolve("first/" + RunFolders.SPEC_FILE));
    Run without =
        Run.segment(
            folder.resolve("next"), "--previousModel=" + folder.resolve("first/model.json"));
    assertEquals(ExitCode.USAGE, without.exitCode());
    assertTrue(without.errors().startsWith("--spec: missing; the previous run has no spec"));
  }

  @Test
  void aTableWithoutFeaturesSaysWhyForEachColumn() throws IOException {
    Path file = file("names.csv", "id,name\nu1,A\nu2,B\nu3,A\n");
    Run run = Run.command(folder, "init", "--input=" + file);
    assertEquals(ExitCode.DATA_REFUSED, run.exitCode());
    assertTrue(run.errors().contains("no column can be a feature"), run.errors());
    assertTrue(run.errors().contains("copied: category: 2 levels, such as A, B"), run.errors());
  }

  @Test
  void aFileWithAByteOrderMarkAloneIsEmpty() throws IOException {
    Path file = file("mark.csv", "\uFEFF");
    Run run = Run.command(folder, "init", "--input=" + file);
    assertEquals(ExitCode.DATA_REFUSED, run.exitCode(), run.errors());
    assertTrue(run.errors().contains(file + ": is empty; a CSV file starts"), run.errors());
  }

  @Test
  void placesOfOtherFileSystemsAreRefusedInOneLine() {
    for (String place :
        List.of("s3://bucket/x.csv", "hdfs://host/x.csv", "http://host/x.csv", "abfs://x/y.csv")) {
      for (String flag : List.of("input", "output", "previousModel", "history")) {
        Run run = Run.command(folder, "segment", "--" + flag + "=" + place);
        assertEquals(ExitCode.USAGE, run.exitCode(), place);
        assertEquals(1, run.errors().lines().count(), run.errors());
        assertTrue(run.errors().startsWith("--" + flag + ": " + place + ": "), run.errors());
      }
    }
    Run timeline = Run.command(folder, "timeline", "--runs=s3://bucket/runs");
    assertEquals(ExitCode.USAGE, timeline.exitCode(), timeline.errors());
    assertTrue(timeline.errors().startsWith("--runs: s3://bucket/runs: "), timeline.errors());
    assertEquals(
        "--input is given twice, but it takes one value; remove one of them\n",
        Run.command(folder, "segment", "--input=a", "--input=b").errors());
  }
}
