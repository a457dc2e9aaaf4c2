package personas.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import personas.cli.console.Help;
import personas.cli.exit.ExitCode;
import personas.cli.option.CompareOptions;
import personas.cli.option.ReportOptions;
import personas.cli.option.ScoreOptions;
import personas.cli.option.SegmentOptions;
import personas.cli.option.SimulateOptions;
import personas.cli.option.TimelineOptions;
import personas.math.SplitMix64;

/**
 * Checks every flag of every command with values of all kinds: an invalid value gives a message and
 * no job.
 */
class AnyFlagsTest {
  private static final long SEED = 77;
  private static final int RUNS = 400;

  private static final List<String> VALUES =
      List.of(
          "",
          " ",
          "-1",
          "0",
          "1e999",
          "NaN",
          "9999999999999999999999",
          "0x10",
          "true",
          "null",
          "../../../etc/passwd",
          "/dev/null",
          "a,b",
          "{\"a\":1}",
          "2..",
          "=cmd|' /C calc'!A0",
          "\u202eabc",
          "\ud83e\udd21",
          "x".repeat(5_000));

  /** Each command with something that it refuses anyway, so that none ever starts a job. */
  private static final Map<String, List<String>> REFUSED =
      Map.of(
          "segment", List.of("--input=none/such.csv"),
          "score", List.of("--model=none/such.json"),
          "report", List.of("--model=none/such.json"),
          "compare", List.of("--from=none/such", "--to=none/other"),
          "timeline", List.of("--runs=none/such-*"),
          "simulate", List.of("--users=none"));

  private static final Map<String, Set<String>> FLAGS =
      Map.of(
          "segment", Help.flags(SegmentOptions.class).keySet(),
          "score", Help.flags(ScoreOptions.class).keySet(),
          "report", Help.flags(ReportOptions.class).keySet(),
          "compare", Help.flags(CompareOptions.class).keySet(),
          "timeline", Help.flags(TimelineOptions.class).keySet(),
          "simulate", Help.flags(SimulateOptions.class).keySet());

  @TempDir Path folder;

  @Test
  void refusesInvalidFlagsWithAMessage() throws IOException {
    SplitMix64 random = new SplitMix64(SEED);
    List<String> commands = FLAGS.keySet().stream().sorted().toList();
    for (int run = 0; run < RUNS; run++) {
      String command = commands.get(random.nextInt(commands.size()));
      List<String> flags = FLAGS.get(command).stream().sorted().toList();
      List<String> args = new ArrayList<>(List.of(command));
      for (int i = random.nextInt(3); i >= 0; i--) {
        String flag = flags.get(random.nextInt(flags.size()));
        String given = "--" + flag + "=";
        if (REFUSED.get(command).stream().noneMatch(refused -> refused.startsWith(given))
            && args.stream().noneMatch(arg -> arg.startsWith(given))) {
          args.add(given + VALUES.get(random.nextInt(VALUES.size())));
        }
      }
      args.addAll(REFUSED.get(command));
      if (args.stream().noneMatch(arg -> arg.startsWith("--output="))) {
        args.add("--output=" + folder.resolve("out"));
      }
      Run ended = Run.command(folder, args.toArray(String[]::new));
      String what = "seed " + SEED + ": " + args + ": " + ended.errors();
      assertEquals(ExitCode.USAGE, ended.exitCode(), what);
      assertFalse(ended.errors().isBlank(), what);
      assertFalse(ended.errors().contains("\tat "), what);
      assertFalse(ended.errors().contains("Exception"), what);
      assertFalse(Files.exists(folder.resolve("out")), what);
    }
  }
}
