package personas.cli.console;

import java.io.IOException;
import java.io.PrintStream;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import personas.cli.result.FinishedRun;
import personas.model.Model;
import personas.model.score.ScoreResult;
import personas.model.table.LedgerTable;
import personas.report.ReportFiles;
import personas.report.data.ReportData;
import personas.report.terminal.LedgerSummary;
import personas.report.terminal.ScoreSummary;
import personas.report.terminal.SegmentSummary;

/** What the terminal shows at the end of a run: the personas, the status, and what was written. */
public final class RunSummary {
  private RunSummary() {}

  /**
   * Prints the summary.
   *
   * @param model of the report
   * @param ledger of each file of the input
   * @param folder of the results
   */
  public static void print(
      ReportData report, Model model, List<LedgerTable.Row> ledger, String folder, PrintStream out)
      throws IOException {
    boolean colour = isColour(isTerminal(), System.getenv());
    new SegmentSummary(report, model, colour).lines().forEach(out::println);
    new LedgerSummary(ledger).lines().forEach(out::println);
    printWritten(folder, out);
  }

  /** Likewise of a score. */
  public static void print(ScoreResult result, String folder, PrintStream out) throws IOException {
    new ScoreSummary(result).lines().forEach(out::println);
    new LedgerSummary(FinishedRun.readLedger(folder)).lines().forEach(out::println);
    printWritten(folder, out);
  }

  private static void printWritten(String folder, PrintStream out) throws IOException {
    out.println();
    written(folder)
        .forEach(
            (file, count) ->
                out.println(folder + "/" + file + (count > 1 ? " (" + count + " files)" : "")));
  }

  /** On a terminal that knows colours, unless NO_COLOR (no-color.org) is set to anything. */
  public static boolean isColour(boolean terminal, Map<String, String> environment) {
    return terminal
        && environment.getOrDefault("NO_COLOR", "").isEmpty()
        && !"dumb".equals(environment.get("TERM"));
  }

  /** Whether output goes to a terminal; the launcher knows. */
  public static boolean isTerminal() {
    return Boolean.getBoolean("personas.terminal");
  }

  /** The results, the page first; numbered files of a kind as one pattern. */
  private static Map<String, Integer> written(String folder) throws IOException {
    Map<String, Integer> files =
        new TreeMap<>(
            Comparator.comparing((String file) -> !file.equals(ReportFiles.HTML.fileName()))
                .thenComparing(Comparator.naturalOrder()));
    files.putAll(FinishedRun.written(folder));
    return files;
  }
}
