package personas.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import personas.cli.exit.ExitCode;
import personas.cli.exit.Verdict;
import personas.model.compare.DriftAdvice.Action;
import personas.run.RunOutcome;
import personas.run.RunOutcome.Counts;
import personas.run.RunOutcome.FiredVerdict;

/** Checks what a scheduler needs: the exit codes of {@code --failOn}, and {@code run.json}. */
class VerdictTest {
  private static final String DIRECT = "--runner=DirectRunner";

  @TempDir Path folder;

  /**
   * A group of users around a place in two features; a user's values depend on its number alone.
   */
  private static List<String> group(int group, int users, double a, double b, double spread) {
    List<String> rows = new ArrayList<>();
    Random random = new Random(group);
    for (int i = 0; i < users; i++) {
      double ownA = a + spread * random.nextGaussian();
      rows.add("g" + group + "-" + i + "," + ownA + "," + (b + random.nextGaussian()));
    }
    return rows;
  }

  private static List<String> threeGroups() {
    List<String> rows = new ArrayList<>(group(1, 200, 10, 10, 1));
    rows.addAll(group(2, 200, 30, 10, 1));
    rows.addAll(group(3, 200, 10, 30, 1));
    return rows;
  }

  private Run segment(String name, List<String> rows, String... flags) throws IOException {
    Path spec =
        Files.writeString(
            folder.resolve("spec.yaml"),
            "name: weeks\ninput: {id: id}\nclustering: {k: 3}\nfeatures: [{name: a}, {name: b}]\n");
    List<String> lines = new ArrayList<>(List.of("id,a,b"));
    lines.addAll(rows);
    Path input = folder.resolve(name.replace('/', '-') + ".csv");
    Files.write(input, lines);
    List<String> all = new ArrayList<>(List.of("--spec=" + spec, "--input=" + input));
    all.addAll(List.of(flags));
    addRunner(all);
    return Run.segment(folder.resolve(name), all.toArray(String[]::new));
  }

  private static void addRunner(List<String> flags) {
    if (flags.stream().noneMatch(flag -> flag.startsWith("--runner="))) {
      flags.add(DIRECT);
    }
  }

  private Run next(String name, Run before, List<String> rows, String... flags) throws IOException {
    List<String> all = new ArrayList<>(List.of(flags));
    all.add("--previousModel=" + before.output().resolve("model.json"));
    all.add("--previousAssignments=" + before.output() + "/assignments-*.csv");
    return segment(name, rows, all.toArray(String[]::new));
  }

  private Run score(Run trained, String name, String... flags) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "score",
                "--quiet",
                "--model=" + trained.output().resolve("model.json"),
                "--output=" + folder.resolve(name)));
    all.addAll(List.of(flags));
    addRunner(all);
    return Run.command(folder.resolve(name), all.toArray(String[]::new));
  }

  private static List<String> withARejectedRow() {
    List<String> rows = new ArrayList<>(threeGroups());
    rows.add("broken,x,1");
    return rows;
  }

  /** The last week's users and a crowd at one value, which moves no centroid by much. */
  private static List<String> threeGroupsAndACrowd() {
    List<String> rows = new ArrayList<>(threeGroups());
    rows.addAll(group(5, 150, 30, 10, 0.05));
    return rows;
  }

  /** The last week's users, but 60 of the first group are at the place of the second one. */
  private static List<String> usersThatMoved() {
    List<String> rows = new ArrayList<>(threeGroups());
    for (int i = 0; i < 60; i++) {
      rows.set(i, "g1-" + i + ",30,10");
    }
    return rows;
  }

  private static void assertEndsWith(Verdict verdict, Run run, String figure) throws IOException {
    assertEquals(verdict.exitCode(), run.exitCode(), run.errors());
    assertEquals(1, run.errors().lines().count(), run.errors());
    assertTrue(run.errors().startsWith("--failOn: " + verdict.word() + ": "), run.errors());
    assertTrue(run.errors().contains(figure), run.errors());
    assertTrue(run.errors().contains("the exit code is " + verdict.exitCode()), run.errors());
    RunOutcome outcome = run.outcome();
    assertEquals(verdict.word(), outcome.status());
    assertEquals(verdict.exitCode(), outcome.exitCode());
    FiredVerdict first = outcome.verdicts().get(0);
    assertEquals(verdict.word(), first.verdict());
    assertEquals(verdict.exitCode(), first.exitCode());
    assertTrue(run.errors().contains(first.reason()), run.errors());
    assertTrue(first.reason().contains(figure), first.reason());
  }

  @Test
  void aRejectedRecordEndsARunWithACodeOfItsOwnAfterItHasPublished() throws IOException {
    Run plain = segment("plain", withARejectedRow()).succeeded();
    assertEquals(new Counts(601, 600, 1), plain.outcome().counts());
    Run run = segment("strict", withARejectedRow(), "--failOn=rejected");
    assertEndsWith(Verdict.REJECTED, run, "1 of 601 records (0.2%) were rejected");
    assertEquals(plain.modelText(), run.modelText());
    assertEquals(plain.names(), run.names());
    assertEquals(plain.rows("assignments"), run.rows("assignments"));
    segment("clean", threeGroups(), "--failOn=rejected,unconverged").succeeded();
  }

  private Run unconverged(Path input, String failOn) {
    return Run.segment(
        folder.resolve("out"),
        DIRECT,
        "--spec=src/test/resources/specs/seven-of-three.yaml",
        "--input=" + input,
        "--tolerance=0",
        "--maxIterations=2",
        "--failOn=" + failOn);
  }

  @Test
  void theMostSeriousVerdictGivesTheCodeAndTheOthersAreNamed() throws IOException {
    // More users than the sample holds, so that its answer is not yet that of all users.
    List<String> lines = new ArrayList<>(Run.simulated(130_000, 3));
    lines.add("broken");
    Path input = Files.write(folder.resolve("users.csv"), lines);
    Run run = unconverged(input, "review,refit,unconverged");
    assertEndsWith(Verdict.UNCONVERGED, run, "the iteration had not converged after 2 iterations,");
    assertEquals(false, run.outcome().converged());
    assertEquals(2, run.outcome().iterations());
    // The order of the list does not matter.
    Run both = unconverged(input, "rejected, unconverged");
    assertEndsWith(Verdict.REJECTED, both, "1 of 130,001 records (less than 0.1%) were rejected");
    assertEquals(
        List.of("rejected", "unconverged"),
        both.outcome().verdicts().stream().map(FiredVerdict::verdict).toList());
    assertTrue(
        both.errors().contains("; unconverged: the iteration had not converged"), both.errors());
  }

  /** The exit codes for each list and each advice; the numbers are a promise. */
  @ParameterizedTest
  @CsvSource({
    "KEEP, review, 0",
    "KEEP, 'review,refit,unconverged,rejected', 0",
    "REFIT, review, 4",
    "REFIT, refit, 5",
    "REFIT, 'review,refit', 5",
    "REVIEW, review, 4",
    "REVIEW, refit, 0",
    "REVIEW, 'review,refit', 4",
    "NONE, review, 4",
    "NONE, refit, 0",
  })
  void anAdviceFiresWhatItIs(Action advice, String list, int exitCode) throws IOException {
    Run before = segment("before", threeGroups()).succeeded();
    List<String> rows =
        switch (advice) {
          case KEEP -> threeGroups();
          case REFIT -> threeGroupsAndACrowd();
          case REVIEW -> usersThatMoved();
          case NONE -> threeGroups().stream().map(row -> row.replaceFirst(",", ".0,")).toList();
        };
    Run run = next("next", before, rows, "--failOn=" + list);
    assertEquals(advice, run.drift().advice(), run.drift().reason());
    assertEquals(exitCode, run.exitCode(), run.errors());
    RunOutcome outcome = run.outcome();
    assertEquals(exitCode, outcome.exitCode());
    assertEquals(advice.name().toLowerCase(Locale.ROOT), outcome.advice().action());
    assertEquals(run.drift().decidedBy(), outcome.advice().decidedBy());
    if (exitCode == 0) {
      assertEquals(RunOutcome.DONE, outcome.status());
      assertEquals("", run.errors());
    } else {
      Verdict verdict = exitCode == 4 ? Verdict.REVIEW : Verdict.REFIT;
      assertEndsWith(verdict, run, run.drift().decidedBy().text());
    }
  }

  /** The first week of a schedule has no previous run, so its flags need not differ. */
  @Test
  void withoutAPreviousRunNoAdviceFires() throws IOException {
    Run run = segment("first", threeGroups(), "--failOn=review,refit").succeeded();
    assertNull(run.outcome().advice());
    assertEquals(RunOutcome.DONE, run.outcome().status());
    assertEquals(List.of(), run.outcome().verdicts());
  }

  @ParameterizedTest
  @CsvSource({
    "reviw, '''reviw'' is not a verdict, the nearest is ''review'''",
    "'rejected,Refit', '''Refit'' is not a verdict, the nearest is ''refit'''",
    "'review,', a name is missing",
    "'', a name is missing",
  })
  void aMisspelledVerdictIsRefusedBeforeTheJob(String list, String said) throws IOException {
    Run run = segment("out", threeGroups(), "--failOn=" + list);
    assertEquals(ExitCode.USAGE, run.exitCode(), run.errors());
    assertTrue(run.errors().startsWith("--failOn: "), run.errors());
    assertTrue(run.errors().contains(said), run.errors());
    assertTrue(
        run.errors().endsWith("by commas: review, refit, unconverged, rejected\n"), run.errors());
    assertFalse(Files.exists(folder.resolve("out")));
  }

  @Test
  void aScoreIsHeldAgainstTheTraining() throws IOException {
    Run trained = segment("trained", threeGroups()).succeeded();
    Run same =
        score(trained, "same", "--input=" + folder.resolve("trained.csv"), "--failOn=review");
    assertEquals("keep", same.succeeded().outcome().advice().action());
    List<String> lines = new ArrayList<>(List.of("id,a,b"));
    lines.addAll(group(4, 300, 10, 10, 1));
    lines.addAll(group(5, 300, 300, 10, 1));
    String grown = "--input=" + Files.write(folder.resolve("grown.csv"), lines);
    Run run = score(trained, "grown", grown, "--failOn=review");
    assertEndsWith(Verdict.REVIEW, run, "the values of a moved (PSI ");
    assertEquals("review", run.outcome().advice().action());
    String reason = run.outcome().advice().reason();
    assertTrue(reason.contains("% of the users have values of a outside of the range"), reason);
    // The same counts on another engine and in other slots.
    Run flink = score(trained, "flink", grown, "--runner=FlinkRunner", "--slots=7").succeeded();
    assertEquals(sha256(run, "score.json"), sha256(flink, "score.json"));
  }

  @Test
  void aScoreDoesNotConverge() throws IOException {
    Run trained = segment("trained", threeGroups()).succeeded();
    String clean = "--input=" + folder.resolve("trained.csv");
    Run refused = score(trained, "refused", clean, "--failOn=unconverged");
    assertEquals(ExitCode.USAGE, refused.exitCode());
    assertEquals(
        "--failOn: unconverged: this command cannot give this verdict. Allowed, separated by commas:"
            + " review, refit, rejected\n",
        refused.errors());
    assertFalse(Files.exists(folder.resolve("refused")));
    score(trained, "clean", clean, "--failOn=rejected").succeeded();
    List<String> lines = new ArrayList<>(List.of("id,a,b"));
    lines.addAll(withARejectedRow());
    String broken = "--input=" + Files.write(folder.resolve("broken.csv"), lines);
    Run run = score(trained, "scored", broken, "--failOn=rejected");
    assertEndsWith(Verdict.REJECTED, run, "1 of 601 records (0.2%) were rejected");
    RunOutcome outcome = run.outcome();
    assertEquals("score", outcome.command());
    assertNull(outcome.converged());
    assertEquals(sha256(run, "score.json"), outcome.digests().score());
    assertNull(outcome.digests().model());
    assertEquals(trained.outcome().digests().spec(), outcome.digests().spec());
    Run stream =
        Run.command(
            folder,
            "score",
            "--model=" + trained.output().resolve("model.json"),
            "--input=kafka://localhost:1/in",
            "--output=kafka://localhost:1/out",
            "--deadLetters=kafka://localhost:1/dead",
            "--failOn=rejected");
    assertEquals(ExitCode.USAGE, stream.exitCode());
    assertEquals(
        "--failOn: a stream does not end, so it cannot give a verdict; remove the flag\n",
        stream.errors());
  }

  @Test
  void aTemplateThatDoesNotWaitForItsJobRefusesVerdicts() throws IOException {
    Run run =
        segment(
            "out",
            threeGroups(),
            "--runner=DataflowRunner",
            "--project=p",
            "--region=europe-west1",
            "--templateLocation=" + folder.resolve("template"),
            "--failOn=rejected");
    assertEquals(ExitCode.USAGE, run.exitCode(), run.errors());
    assertTrue(run.errors().startsWith("--failOn: a template ends before its job"), run.errors());
  }

  private static String sha256(Run run, String name) throws IOException {
    try {
      byte[] bytes = Files.readAllBytes(run.output().resolve(name));
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void runJsonDescribesTheFilesBesideIt() throws IOException {
    Run run = segment("out", withARejectedRow(), "--slots=2").succeeded();
    RunOutcome outcome = run.outcome();
    assertEquals("segment", outcome.command());
    assertEquals(run.model().program(), outcome.program());
    assertEquals(true, outcome.converged());
    assertEquals(run.model().iterations(), outcome.iterations());
    assertEquals(sha256(run, "model.json"), outcome.digests().model());
    assertEquals(run.model().spec().digest(), outcome.digests().spec());
    assertNull(outcome.events());
    assertTrue(outcome.seconds() > 0);
    Map<String, Integer> files = new TreeMap<>();
    for (String name : run.names()) {
      if (!name.equals(RunOutcome.FILE)) {
        files.merge(name.replaceAll("-[0-9]+[.]", "-*."), 1, Integer::sum);
      }
    }
    assertEquals(files, outcome.files());
    assertTrue(files.containsKey("assignments-*.csv"), files.toString());
  }

  @Test
  void twoEqualRunsDifferInTheSecondsOnly() throws IOException {
    Run before = segment("before", threeGroups()).succeeded();
    List<String> texts = new ArrayList<>();
    for (String name : List.of("one", "two/deeper")) {
      Run run = next(name, before, withARejectedRow(), "--failOn=rejected");
      texts.add(Files.readString(run.output().resolve(RunOutcome.FILE)));
    }
    Run flink =
        next("three", before, withARejectedRow(), "--failOn=rejected", "--runner=FlinkRunner");
    texts.add(Files.readString(flink.output().resolve(RunOutcome.FILE)));
    for (String text : texts) {
      assertFalse(text.contains(folder.toString()), text);
      assertEquals(
          Run.withoutSeconds(RunOutcome.FILE, texts.get(0)),
          Run.withoutSeconds(RunOutcome.FILE, text));
      Matcher seconds = Pattern.compile("\"seconds\":\\d+\\.\\d\n").matcher(text);
      assertTrue(seconds.find(), text);
    }
  }

  /** Failing leaves the earlier results and what describes them; a success replaces both. */
  @Test
  void runJsonNeverDescribesOtherResults() throws IOException {
    Run first = segment("out", withARejectedRow(), "--failOn=rejected");
    assertEquals(ExitCode.REJECTED, first.exitCode());
    String earlier = Files.readString(first.output().resolve(RunOutcome.FILE));
    Run failed = segment("out", List.of("u1,x,1", "u2,y,1"), "--failOn=rejected");
    assertEquals(ExitCode.DATA_REFUSED, failed.exitCode(), failed.errors());
    assertEquals(earlier, Files.readString(first.output().resolve(RunOutcome.FILE)));
    Run second = segment("out", threeGroups(), "--failOn=rejected").succeeded();
    assertEquals(new Counts(600, 600, 0), second.outcome().counts());
    assertEquals(sha256(second, "model.json"), second.outcome().digests().model());
    // A training into the folder of a score replaces the score with all that describes it.
    String users = "--input=" + folder.resolve("out.csv");
    Run scored = score(second, "mixed", users).succeeded();
    assertEquals("score", scored.outcome().command());
    Run over = segment("mixed", threeGroups()).succeeded();
    assertEquals("segment", over.outcome().command());
    assertNull(over.outcome().digests().score());
    assertEquals(sha256(over, "model.json"), over.outcome().digests().model());
  }

  @Test
  void aRejectedEventFiresToo() throws IOException {
    Path data = Path.of("src/test/resources/events");
    List<String> lines = new ArrayList<>(Files.readAllLines(data.resolve("events.csv")));
    lines.add("c1,no time at all,order,1,p1,pro");
    Path input = Files.write(folder.resolve("events.csv"), lines);
    Run run =
        Run.segment(
            folder.resolve("out"),
            DIRECT,
            "--spec=" + data.resolve("users.yaml"),
            "--input=" + input,
            "--failOn=rejected");
    RunOutcome.Events events = run.outcome().events();
    assertEquals(1, events.rejected());
    assertEquals(lines.size() - 1, events.read());
    assertEquals(events.read(), events.aggregated() + events.rejected() + events.laterThanAsOf());
    assertEndsWith(
        Verdict.REJECTED, run, String.format(Locale.ROOT, "1 of %,d events (", events.read()));
  }

  private String printed(String... args) {
    PrintStream before = System.out;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      Run.command(folder, args).succeeded();
    } finally {
      System.setOut(before);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void warnsFirstOfIdsThatDoNotMatchAndGivesNoAdvice() throws IOException {
    Run before = segment("before", threeGroups()).succeeded();
    List<String> rows = threeGroups().stream().map(row -> row.replaceFirst(",", ".0,")).toList();
    Run next = next("next", before, rows).succeeded();
    String warning =
        "warning: only 0 of the 600 users of the previous run are in this run, so the two runs"
            + " probably write user ids differently, for example 17850 and 17850.0; ";
    String compared = printed("compare", "--from=" + before.output(), "--to=" + next.output());
    assertTrue(compared.startsWith(warning), compared);
    assertFalse(Pattern.compile("(?m)^(keep|review|refit|none): ").matcher(compared).find());
    String said =
        printed(
            "segment",
            DIRECT,
            "--spec=" + folder.resolve("spec.yaml"),
            "--input=" + folder.resolve("next.csv"),
            "--output=" + folder.resolve("again"),
            "--previousModel=" + before.output().resolve("model.json"),
            "--previousAssignments=" + before.output() + "/assignments-*.csv");
    assertTrue(said.startsWith(warning), said);
    assertEquals("none", new Run(0, "", folder.resolve("again")).outcome().advice().action());
  }

  /** Of the first group's 200 users 60 moved, 10 are gone, and 20 users are new. */
  @Test
  void theSharesOfUsersWhoStayedLeftAndCameStandBesideTheCounts() throws IOException {
    Run before = segment("before", threeGroups()).succeeded();
    List<String> rows = new ArrayList<>(usersThatMoved());
    rows.subList(60, 70).clear();
    rows.addAll(group(6, 20, 10, 10, 1));
    Run next = next("next", before, rows).succeeded();
    var first =
        next.drift().personas().stream()
            .filter(each -> each.usersBefore() == 200)
            .filter(each -> each.left() > 0)
            .toList();
    assertEquals(1, first.size(), next.drift().toString());
    assertEquals(130 / 200.0, first.get(0).stayed());
    assertEquals(10 / 200.0, first.get(0).left());
    assertEquals(20 / 150.0, first.get(0).came());
    assertEquals(130 / 190.0, first.get(0).retention());
    assertEquals(1, first.get(0).resampledRetention());
    assertTrue(next.drift().reason().contains(" lost 35.0% of its users"), next.drift().reason());
    String compared = printed("compare", "--from=" + before.output(), "--to=" + next.output());
    assertTrue(compared.contains("stayed    left    came"), compared);
    assertTrue(compared.contains("65.0%    5.0%   13.3%     68.4%     100.0%"), compared);
    assertTrue(Files.readString(next.output().resolve("report.html")).contains("retention"));
  }

  /** The page of the exit codes, the help and the constants say the same. */
  @Test
  void everyExitCodeIsOnThePageAndInTheHelp() throws IOException {
    String page = Files.readString(Path.of("src/site/markdown/outputs.md"));
    String help = printed("help");
    for (Verdict verdict : Verdict.values()) {
      assertTrue(page.contains("| " + verdict.exitCode() + " | `" + verdict.word() + "`"), page);
      assertTrue(help.contains(verdict.exitCode() + " " + verdict.word()), help);
      assertTrue(verdict.exitCode() > ExitCode.DATA_REFUSED);
    }
    assertEquals(
        List.of(4, 5, 6, 7), List.of(Verdict.values()).stream().map(Verdict::exitCode).toList());
  }
}
