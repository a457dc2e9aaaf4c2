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

/** Prints the end of a run on the terminal: the personas, the status and the written files. */
public final class RunSummary {
  private RunSummary() {}

  /**
   * Prints the summary.
   *
   * @param report the report of the run
   * @param model the model of the run
   * @param ledger the ledger of each input file
   * @param folder the folder of the results
   * @param out the terminal
   */
  public static void print(
      ReportData report, Model model, List<LedgerTable.Row> ledger, String folder, PrintStream out)
      throws IOException {
    boolean useColor = useColor(isTerminal(), System.getenv());
    new SegmentSummary(report, model, useColor).lines().forEach(out::println);
    new LedgerSummary(ledger).lines().forEach(out::println);
    printWritten(folder, out);
  }

  /** Prints the summary of a score. */
  public static void print(ScoreResult result, String folder, PrintStream out) throws IOException {
    new ScoreSummary(result).lines().forEach(out::println);
    new LedgerSummary(FinishedRun.readLedger(folder)).lines().forEach(out::println);
    printWritten(folder, out);
  }

  private static void printWritten(String folder, PrintStream out) throws IOException {
    out.println();
    writtenFiles(folder)
        .forEach(
            (file, count) ->
                out.println(folder + "/" + file + (count > 1 ? " (" + count + " files)" : "")));
  }

  /**
   * Returns whether to use color: on a terminal with colors, unless NO_COLOR (no-color.org) is set.
   */
  public static boolean useColor(boolean isTerminal, Map<String, String> environment) {
    return isTerminal
        && environment.getOrDefault("NO_COLOR", "").isEmpty()
        && !"dumb".equals(environment.get("TERM"));
  }

  /** Returns whether output goes to a terminal, as the launcher script reports it. */
  public static boolean isTerminal() {
    return Boolean.getBoolean("personas.terminal");
  }

  /**
   * Returns file → number of files, with report.html first. Numbered files share one pattern, such
   * as {@code assignments-*.csv}.
   */
  private static Map<String, Integer> writtenFiles(String folder) throws IOException {
    Map<String, Integer> files =
        new TreeMap<>(
            Comparator.comparing((String file) -> !file.equals(ReportFiles.HTML.fileName()))
                .thenComparing(Comparator.naturalOrder()));
    files.putAll(FinishedRun.resultFiles(folder));
    return files;
  }
}
