package personas.app;

import java.io.IOException;
import java.io.PrintStream;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.MatchResult;
import personas.model.Model;
import personas.model.ScoreResult;
import personas.pipeline.RunPlan;
import personas.report.ScoreSummary;
import personas.report.TerminalSummary;

/** What the terminal shows at the end of a run: the personas, the status, and what was written. */
final class Summary {
  private Summary() {}

  static void print(Model model, RunPlan plan, PrintStream out) throws IOException {
    new TerminalSummary(model, isTerminal() && System.getenv("NO_COLOR") == null)
        .lines()
        .forEach(out::println);
    printWritten(plan, out);
  }

  static void print(ScoreResult result, RunPlan plan, PrintStream out) throws IOException {
    new ScoreSummary(result).lines().forEach(out::println);
    printWritten(plan, out);
  }

  private static void printWritten(RunPlan plan, PrintStream out) throws IOException {
    out.println();
    written(plan)
        .forEach(
            (files, count) -> out.println(files + (count > 1 ? " (" + count + " files)" : "")));
  }

  /** Whether output goes to a terminal; the launcher knows. */
  static boolean isTerminal() {
    return Boolean.getBoolean("personas.terminal");
  }

  /** The results; numbered files of a kind as one pattern. */
  private static Map<String, Integer> written(RunPlan plan) throws IOException {
    Map<String, Integer> files = new TreeMap<>();
    Collection<MatchResult.Metadata> all = FileSystems.match(plan.output() + "/*").metadata();
    for (MatchResult.Metadata file : all) {
      String name = file.resourceId().getFilename();
      if (name != null && RunPlan.isResult(name)) {
        files.merge(
            plan.output() + "/" + name.replaceFirst("-\\d{5}\\.csv$", "-*.csv"), 1, Integer::sum);
      }
    }
    return files;
  }
}
