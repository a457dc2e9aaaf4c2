package personas.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import personas.cli.exit.ExitCode;
import personas.cli.exit.Verdict;

/** Checks weekly runs that find the previous run, name the run in use and delete old runs. */
class RunSeriesTest {
  private static final String SPEC =
      "name: weeks\ninput: {id: id}\nclustering: {k: 3}\nfeatures: [{name: a}, {name: b}]\n";

  @TempDir Path folder;

  /** Three groups of users; each week, 20 more are in the first one. */
  private static String users(int week) {
    StringBuilder csv = new StringBuilder("id,a,b\n");
    for (int group = 0; group < 3; group++) {
      Random random = new Random(group);
      for (int i = 0; i < (group == 0 ? 200 + 20 * week : 200); i++) {
        csv.append("g").append(group).append('-').append(i);
        csv.append(',').append(20 * (group % 2) + random.nextGaussian());
        csv.append(',').append(20 * (group / 2) + random.nextGaussian()).append('\n');
      }
    }
    return csv.toString();
  }

  private Path runs() {
    return folder.resolve("out/weeks");
  }

  private Path run(String date) {
    return runs().resolve("run-" + date);
  }

  private Run segment(String date, int week, String... more) throws IOException {
    List<String> flags = new ArrayList<>(List.of("segment", "--runner=DirectRunner"));
    flags.add("--spec=" + Files.writeString(folder.resolve("spec.yaml"), SPEC));
    flags.add("--input=" + Files.writeString(folder.resolve(week + ".csv"), users(week)));
    flags.add("--output=" + folder + "/out/{name}/run-{dataDate}");
    flags.add("--dataDate=" + date);
    flags.addAll(List.of("--quiet", "--previous=latest"));
    for (String flag : more) {
      flags.removeIf(earlier -> earlier.startsWith(flag.split("=", 2)[0] + "="));
      flags.add(flag);
    }
    return Run.command(run(date), flags.toArray(String[]::new));
  }

  private String inUse() throws IOException {
    return Files.readString(runs().resolve("latest"));
  }

  @Test
  void eachRunGoesOnFromTheOneBefore() throws IOException {
    Run first = segment("2026-01-05", 0).succeeded();
    assertFalse(Files.exists(first.output().resolve("drift.json")));
    assertEquals("run-2026-01-05\n", inUse());
    Run second = segment("2026-01-12", 1).succeeded();
    assertEquals(600, second.drift().usersBefore());
    assertEquals(600, second.drift().migration().before());
    assertEquals("run-2026-01-12\n", inUse());
    // Once more: from the same previous run, not from itself.
    byte[] model = Files.readAllBytes(second.output().resolve("model.json"));
    byte[] drift = Files.readAllBytes(second.output().resolve("drift.json"));
    segment("2026-01-12", 1).succeeded();
    assertArrayEquals(model, Files.readAllBytes(second.output().resolve("model.json")));
    assertArrayEquals(drift, Files.readAllBytes(second.output().resolve("drift.json")));
    // A date between the two, computed late, does not come into use.
    Run between = segment("2026-01-08", 2).succeeded();
    assertEquals(600, between.drift().usersBefore());
    assertEquals("run-2026-01-12\n", inUse());
    // The run in use is the previous one, although another is later.
    assertEquals(620, segment("2026-01-19", 3).succeeded().drift().usersBefore());
    assertEquals("run-2026-01-19\n", inUse());
  }

  /** A run that a person has to look at does not come into use; the next one goes on from it. */
  @Test
  void aVerdictKeepsTheRunBeforeInUse() throws IOException {
    segment("2026-01-05", 0).succeeded();
    Files.writeString(folder.resolve("broken.csv"), users(1) + "x,y,z\n");
    Run rejected =
        segment("2026-01-12", 1, "--failOn=rejected", "--input=" + folder.resolve("broken.csv"));
    assertEquals(Verdict.REJECTED.exitCode(), rejected.exitCode(), rejected.errors());
    assertTrue(Files.exists(rejected.output().resolve("model.json")));
    assertEquals("run-2026-01-05\n", inUse());
    assertEquals(600, segment("2026-01-19", 2).succeeded().drift().usersBefore());
    Files.delete(runs().resolve("latest"));
    assertEquals(640, segment("2026-01-26", 2).succeeded().drift().usersBefore());
  }

  @Test
  void oldRunsAreDeletedAndForeignFilesStay() throws IOException {
    Files.createDirectories(runs().resolve("run-notes"));
    segment("2026-01-05", 0).succeeded();
    Files.writeString(run("2026-01-05").resolve("notes.txt"), "mine");
    segment("2026-01-12", 1, "--keep=2").succeeded();
    assertTrue(Files.exists(run("2026-01-05").resolve("model.json")), "two runs are kept");
    segment("2026-01-19", 2, "--keep=2").succeeded();
    try (var files = Files.list(run("2026-01-05"))) {
      assertEquals(List.of(run("2026-01-05").resolve("notes.txt")), files.toList());
    }
    assertTrue(Files.exists(run("2026-01-12").resolve("report.html")));
    segment("2026-01-26", 3, "--keep=1").succeeded();
    assertFalse(Files.exists(run("2026-01-12")));
    assertFalse(Files.exists(run("2026-01-19")));
    assertTrue(Files.exists(run("2026-01-26").resolve("drift.json")));
    assertTrue(Files.exists(runs().resolve("run-notes")));
  }

  @Test
  void aFolderStandsForModelAndAssignments() throws IOException {
    segment("2026-01-05", 0).succeeded();
    Run next =
        segment("2026-02-01", 1, "--previous=" + run("2026-01-05"), "--output=" + folder + "/own");
    assertEquals(ExitCode.DONE, next.exitCode(), next.errors());
    assertTrue(Files.readString(folder.resolve("own/drift.json")).contains("\"usersBefore\":600"));
  }

  @Test
  void refusesInvalidFlagsBeforeAJob() throws IOException {
    refused("--output: " + folder + "/{dataDate}/x: {dataDate} must occur once", "/{dataDate}/x");
    refused("--output: " + folder + "/{dataDate}: needs --dataDate", "/{dataDate}", "--dataDate=");
    refused("--previous: latest needs {dataDate} in --output", "/x");
    refused("--keep: needs {dataDate} in --output", "/x", "--keep=3", "--previous=");
    refused("--keep: 0 is not in 1..10000", "/{dataDate}", "--keep=0");
    refused(
        "--previous: cannot be combined with --previousModel",
        "/{dataDate}",
        "--previousModel=m.json");
  }

  private void refused(String message, String output, String... flags) throws IOException {
    List<String> all = new ArrayList<>(List.of("--output=" + folder + output));
    all.addAll(List.of(flags));
    List<String> args = new ArrayList<>(List.of("segment", "--quiet", "--runner=DirectRunner"));
    args.add("--spec=" + Files.writeString(folder.resolve("spec.yaml"), SPEC));
    args.add("--input=" + Files.writeString(folder.resolve("0.csv"), users(0)));
    args.add("--dataDate=2026-01-05");
    args.add("--previous=latest");
    for (String flag : all) {
      args.removeIf(arg -> arg.startsWith(flag.split("=", 2)[0] + "="));
      if (!flag.endsWith("=")) {
        args.add(flag);
      }
    }
    Run run = Run.command(folder, args.toArray(String[]::new));
    assertEquals(ExitCode.USAGE, run.exitCode(), run.errors());
    assertTrue(run.errors().startsWith(message), run.errors());
  }

  /** A bucket has no folders and no links: the file and the names of objects are enough. */
  @Test
  void aBucketKeepsASeriesToo() throws IOException {
    try (FakeGoogleCloud cloud = new FakeGoogleCloud("JOB_STATE_DONE")) {
      String bucket = "gs://" + FakeBucket.NAME + "/";
      cloud.bucket().put("spec.yaml", SPEC.getBytes(StandardCharsets.UTF_8));
      for (int week = 0; week < 3; week++) {
        cloud.bucket().put(week + ".csv", users(week).getBytes(StandardCharsets.UTF_8));
        List<String> flags = new ArrayList<>(List.of("segment", "--quiet"));
        flags.addAll(cloud.storageFlags());
        flags.removeIf(flag -> flag.startsWith("--runner="));
        flags.addAll(
            List.of(
                "--runner=DirectRunner",
                "--spec=" + bucket + "spec.yaml",
                "--input=" + bucket + week + ".csv",
                "--output=" + bucket + "out/{name}/{dataDate}",
                "--dataDate=2026-01-0" + (1 + week),
                "--previous=latest",
                "--keep=2"));
        Run.command(folder, flags.toArray(String[]::new)).succeeded();
      }
      var objects = cloud.bucket().objects();
      assertEquals(
          "2026-01-03\n", new String(objects.get("out/weeks/latest"), StandardCharsets.UTF_8));
      assertTrue(objects.containsKey("out/weeks/2026-01-03/drift.json"));
      assertTrue(objects.containsKey("out/weeks/2026-01-02/model.json"));
      assertFalse(
          objects.keySet().stream().anyMatch(name -> name.startsWith("out/weeks/2026-01-01")),
          objects.keySet().toString());
    }
  }
}
