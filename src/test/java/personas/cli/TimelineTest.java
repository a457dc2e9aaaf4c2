package personas.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import personas.cli.exit.ExitCode;
import personas.model.JsonFile;
import personas.model.timeline.Timeline;

/** Runs {@code timeline} on few finished runs. {@link YearTest} reads the timeline of a year. */
class TimelineTest {
  private static final String SPEC =
      """
      name: %s
      input: {id: id}
      clustering: {k: 2, restarts: 4}
      features: [{name: visits}, {name: %s}]
      """;

  @TempDir static Path folder;

  @BeforeAll
  static void runs() throws IOException {
    StringBuilder users = new StringBuilder("id,visits,orders,calls\n");
    for (int i = 0; i < 40; i++) {
      users.append("u%d,%d,%d,%d\n".formatted(i, i % 2 * 50 + i % 7, i % 2 * 9 + i % 3, i % 2 * 9));
    }
    Files.writeString(folder.resolve("users.csv"), users);
    segment("shop/2026-01-05", "shop", "orders");
    segment("shop/2026-01-12", "shop", "orders", "--previous=" + folder.resolve("shop/2026-01-05"));
    segment("names/other", "</script><b>\u202e other", "orders");
    segment("features/calls", "shop", "calls");
    for (String other : List.of("names/shop", "features/shop")) {
      Path copy = Files.createDirectories(folder.resolve(other)).resolve("model.json");
      Files.copy(folder.resolve("shop/2026-01-05/model.json"), copy);
    }
  }

  /** A user who is there twice is one user of the migration, and two of the run. */
  @Test
  void aRepeatedIdHidesNoFlow() throws IOException {
    Path users = folder.resolve("users.csv");
    String once = Files.readString(users);
    try {
      Files.writeString(users, once + once.lines().reduce((a, b) -> b).orElseThrow() + "\n");
      segment("twice/2026-01-05", "shop", "orders");
    } finally {
      Files.writeString(users, once);
    }
    segment(
        "twice/2026-01-12", "shop", "orders", "--previous=" + folder.resolve("twice/2026-01-05"));
    Timeline timeline = of(folder + "/twice/*", folder.resolve("repeated"));
    assertTrue(timeline.runs().get(1).knowsFlows());
    assertEquals(1, timeline.personas().get(0).retention().get(1));
  }

  private static void segment(String output, String name, String feature, String... flags)
      throws IOException {
    Path spec =
        Files.writeString(folder.resolve("spec.yaml"), SPEC.formatted("'" + name + "'", feature));
    String[] all = new String[flags.length + 3];
    all[0] = "--spec=" + spec;
    all[1] = "--input=" + folder.resolve("users.csv");
    all[2] = "--runner=DirectRunner";
    System.arraycopy(flags, 0, all, 3, flags.length);
    Run.segment(folder.resolve(output), all).succeeded();
  }

  private static Run timeline(String runs, String... flags) {
    String[] all = new String[flags.length + 4];
    all[0] = "timeline";
    all[1] = "--quiet";
    all[2] = "--runs=" + folder.resolve(runs);
    all[3] = "--output=" + folder.resolve("timeline");
    System.arraycopy(flags, 0, all, 4, flags.length);
    return Run.command(folder.resolve("timeline"), all);
  }

  /** The timeline of the runs in the folders of a pattern. */
  static Timeline of(String runs, Path output) throws IOException {
    Run.command(output, "timeline", "--quiet", "--runs=" + runs, "--output=" + output).succeeded();
    try (InputStream in = Files.newInputStream(output.resolve(Timeline.FILE))) {
      return JsonFile.read(Timeline.FILE, in, Timeline.class);
    }
  }

  @Test
  void twoEqualRunsHaveNoEventAndTheSameBytesEachTime() throws IOException {
    Timeline timeline = of(folder + "/shop/*", folder.resolve("two"));
    assertEquals(List.of(), timeline.events());
    assertEquals(
        List.of("2026-01-05", "2026-01-12"),
        timeline.runs().stream().map(Timeline.Run::date).toList());
    assertEquals("keep", timeline.runs().get(1).advice());
    assertTrue(timeline.runs().get(1).knowsFlows());
    assertEquals(1, timeline.personas().get(0).retention().get(1));
    assertEquals(1, timeline.personas().get(0).resampledRetention().get(1));
    assertEquals(List.of(20L, 20L), timeline.personas().get(1).users());
    assertEquals(0, timeline.features().get(0).psi().get(1));
    of(folder + "/shop/*/", folder.resolve("again"));
    for (String name : List.of(Timeline.FILE, Timeline.PAGE)) {
      assertArrayEquals(
          Files.readAllBytes(folder.resolve("two/" + name)),
          Files.readAllBytes(folder.resolve("again/" + name)));
    }
  }

  @Test
  void oneRunHasNothingToCompareYet() throws IOException {
    Timeline timeline = of(folder + "/shop/2026-01-05", folder.resolve("one"));
    assertEquals(1, timeline.runs().size());
    assertEquals(List.of(), timeline.events());
    assertNull(timeline.runs().get(0).advice());
    assertTrue(
        Files.readString(folder.resolve("one/timeline.html")).contains("nothing to compare"));
  }

  @Test
  void runsOfTwoSegmentationsAreRefusedWithBothNames() {
    Run names = timeline("names/*");
    assertEquals(ExitCode.USAGE, names.exitCode());
    assertTrue(names.errors().startsWith("--runs: other is a run of </script>"), names.errors());
    assertTrue(
        names.errors().contains(", but shop is a run of shop; all runs of a timeline"),
        names.errors());
    assertEquals(1, names.errors().lines().count(), names.errors());
    assertFalse(names.errors().contains("\u202e"), names.errors());
    Run features = timeline("features/*");
    assertEquals(ExitCode.USAGE, features.exitCode());
    assertTrue(
        features
            .errors()
            .contains(
                "calls is a run of features [visits, calls], but shop is a run of features [visits, orders]"),
        features.errors());
  }

  @Test
  void namesMissingRunsAndFlags() {
    Run nowhere = timeline("none-*");
    assertEquals(ExitCode.USAGE, nowhere.exitCode());
    assertTrue(
        nowhere.errors().contains("no matching folder holds a finished run"), nowhere.errors());
    Run nothing = Run.command(folder, "timeline");
    assertEquals(ExitCode.USAGE, nothing.exitCode());
    assertTrue(nothing.errors().startsWith("--runs: missing"), nothing.errors());
    Run noOutput = Run.command(folder, "timeline", "--runs=x");
    assertTrue(noOutput.errors().startsWith("--output: missing"), noOutput.errors());
  }

  /** Neither a name ends the script of the page, nor is another timeline replaced unasked. */
  @Test
  void theNameOfASegmentationIsTextAndItsTimelineIsNotReplaced() throws IOException {
    timeline("names/other").succeeded();
    String page = Files.readString(folder.resolve("timeline/timeline.html"));
    assertFalse(page.contains("</script><b>"), "the name must be escaped");
    Run replaced = timeline("shop/*");
    assertEquals(ExitCode.USAGE, replaced.exitCode());
    assertTrue(replaced.errors().contains("is a result of the segmentation"), replaced.errors());
    timeline("shop/*", "--overwrite").succeeded();
  }
}
