package personas.report.terminal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import personas.model.table.LedgerTable;
import personas.text.TerminalText;

/**
 * The ledger of each file, as lines for a terminal. Files with the most rejected records come
 * first, then files by name. If there are more than ten files, the last line counts the others.
 */
public final class LedgerSummary {
  private static final int MOST_FILES = 10;
  private static final int WIDEST_NAME = 80;
  private static final int MOST_REASONS = 400;

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
   * Returns the lines, without line feeds. A single file gives no line: its ledger is the total.
   */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    if (files.size() < 2) {
      return lines;
    }
    for (LedgerTable.Row file : files.subList(0, Math.min(MOST_FILES, files.size()))) {
      String reasons = TerminalText.line(file.reasons(), MOST_REASONS);
      lines.add(
          String.format(
              Locale.ROOT,
              "  %s: read %,d = assigned %,d + rejected %,d%s",
              shown(file.source()),
              file.read(),
              file.assigned(),
              file.rejected(),
              reasons.isEmpty() ? "" : " (" + reasons.replace("; ", ", ") + ")"));
    }
    if (files.size() > MOST_FILES) {
      long otherRejected =
          files.subList(MOST_FILES, files.size()).stream()
              .mapToLong(LedgerTable.Row::rejected)
              .sum();
      lines.add(
          String.format(
              Locale.ROOT,
              "  … and %,d more files with %,d rejected records, see %s",
              files.size() - MOST_FILES,
              otherRejected,
              LedgerTable.FILE));
    }
    return lines;
  }

  /** Returns a name without control characters. A long name is cut at its beginning. */
  private static String shown(String name) {
    String plain = TerminalText.line(name);
    int length = TerminalText.columns(plain);
    return length <= WIDEST_NAME
        ? plain
        : "…" + plain.substring(plain.offsetByCodePoints(0, length - WIDEST_NAME + 1));
  }
}
