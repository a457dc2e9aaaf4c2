package personas.report.terminal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import personas.model.table.LedgerTable;
import personas.text.TerminalText;

/**
 * The ledger of each file, as lines for a terminal. The files are sorted by the number of rejected
 * records, the largest first, then by name. If there are more than ten files, the last line counts
 * the files that are not shown.
 */
public final class LedgerSummary {
  private static final int MAX_FILES = 10;
  private static final int MAX_NAME_COLUMNS = 80;
  private static final int MAX_REASON_COLUMNS = 400;

  private final List<LedgerTable.Row> files;

  public LedgerSummary(List<LedgerTable.Row> files) {
    this.files =
        files.stream()
            .sorted(
                Comparator.comparingLong(LedgerTable.Row::rejected)
                    .reversed()
                    .thenComparing(LedgerTable.Row::source))
            .toList();
  }

  /**
   * Returns the lines, without line feeds. The list is empty for a single file, because its ledger
   * is the ledger of the run.
   */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    if (files.size() < 2) {
      return lines;
    }
    for (LedgerTable.Row file : files.subList(0, Math.min(MAX_FILES, files.size()))) {
      String reasons = TerminalText.line(file.reasons(), MAX_REASON_COLUMNS);
      lines.add(
          String.format(
              Locale.ROOT,
              "  %s: read %,d = assigned %,d + rejected %,d%s",
              shortened(file.source()),
              file.read(),
              file.assigned(),
              file.rejected(),
              reasons.isEmpty() ? "" : " (" + reasons.replace("; ", ", ") + ")"));
    }
    if (files.size() > MAX_FILES) {
      long otherRejected =
          files.subList(MAX_FILES, files.size()).stream()
              .mapToLong(LedgerTable.Row::rejected)
              .sum();
      lines.add(
          String.format(
              Locale.ROOT,
              "  … and %,d more files with %,d rejected records, see %s",
              files.size() - MAX_FILES,
              otherRejected,
              LedgerTable.FILE));
    }
    return lines;
  }

  /**
   * Returns the name of a file without control characters. A long name loses its beginning, because
   * the end says more.
   */
  private static String shortened(String name) {
    String plain = TerminalText.line(name);
    int length = TerminalText.columns(plain);
    return length <= MAX_NAME_COLUMNS
        ? plain
        : "…" + plain.substring(plain.offsetByCodePoints(0, length - MAX_NAME_COLUMNS + 1));
  }
}
