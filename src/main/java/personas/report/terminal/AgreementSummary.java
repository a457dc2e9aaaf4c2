package personas.report.terminal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import personas.model.compare.LabelAgreement;
import personas.model.compare.LabelAgreement.Pair;
import personas.model.compare.LabelAgreement.Row;
import personas.text.TerminalText;

/** The agreement between the labels of two tables, as aligned lines for a terminal. */
public final class AgreementSummary {
  private static final int MAX_NAME_COLUMNS = 32;
  private static final int MAX_COLUMNS = 10;
  private static final int MAX_ROWS = 40;
  private static final int MAX_PAIRS = 20;

  private final LabelAgreement agreement;

  public AgreementSummary(LabelAgreement agreement) {
    this.agreement = agreement;
  }

  /** Returns the lines, without line feeds. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    addTable("from", agreement.from(), lines);
    addTable("to", agreement.to(), lines);
    lines.add("");
    if (agreement.inBoth() == 0) {
      lines.add(
          "no user is in both tables: check that --fromId and --toId name the columns of the ids, and"
              + " that both tables write ids in the same way");
      return lines;
    }
    lines.add(
        String.format(
            Locale.ROOT,
            "%,d users in both tables%s; adjusted Rand index %s, variation of information %.3f bits",
            agreement.inBoth(),
            agreement.repeated() == 0
                ? ""
                : String.format(
                    Locale.ROOT, " (%,d of them in more than one row)", agreement.repeated()),
            agreement.adjustedRand() == null
                ? "unknown"
                : String.format(Locale.ROOT, "%.3f", agreement.adjustedRand()),
            agreement.variationOfInformation()));
    lines.add("");
    addMatchedPairs(lines);
    if (agreement.columns().size() <= MAX_COLUMNS && agreement.rows().size() <= MAX_ROWS) {
      lines.add("");
      addCrossTable(lines);
    }
    return lines;
  }

  private static void addTable(String flag, LabelAgreement.Table table, List<String> lines) {
    lines.add(
        String.format(
            Locale.ROOT,
            "%-4s  %s: %,d users by %s, labels in %s; %,d only here",
            flag,
            TerminalText.line(table.files(), 120),
            table.users(),
            shortened(table.id()),
            shortened(table.label()),
            table.onlyHere()));
  }

  private void addMatchedPairs(List<String> lines) {
    List<Pair> pairs = agreement.matched();
    int from = width("from", pairs.stream().map(Pair::from));
    int to = width("to", pairs.stream().map(Pair::to));
    lines.add(
        TerminalText.padded("from", from)
            + "  "
            + TerminalText.padded("to", to)
            + String.format(Locale.ROOT, "  %13s  %7s  %7s", "users", "of from", "of to"));
    for (Pair pair : pairs.stream().limit(MAX_PAIRS).toList()) {
      lines.add(
          TerminalText.padded(shortened(pair.from()), from)
              + "  "
              + TerminalText.padded(shortened(pair.to()), to)
              + String.format(
                  Locale.ROOT,
                  "  %,13d  %6.1f%%  %6.1f%%",
                  pair.users(),
                  100 * pair.shareOfFrom(),
                  100 * pair.shareOfTo()));
    }
    if (pairs.size() > MAX_PAIRS) {
      lines.add(String.format(Locale.ROOT, "and %,d more pairs", pairs.size() - MAX_PAIRS));
    }
    lines.add(
        String.format(
            Locale.ROOT,
            "%.1f%% of the users in both tables have matched labels",
            100 * agreement.matchedShare()));
  }

  private void addCrossTable(List<String> lines) {
    int firstWidth = width("from \\ to", agreement.rows().stream().map(Row::label));
    firstWidth = Math.max(firstWidth, "only in to".length());
    List<Integer> widths =
        agreement.columns().stream()
            .map(column -> Math.max(11, TerminalText.columns(shortened(column))))
            .toList();
    StringBuilder head = new StringBuilder(TerminalText.padded("from \\ to", firstWidth));
    for (int j = 0; j < widths.size(); j++) {
      String name = shortened(agreement.columns().get(j));
      head.append("  ").append(" ".repeat(widths.get(j) - TerminalText.columns(name))).append(name);
    }
    lines.add(head + String.format(Locale.ROOT, "  %12s", "only in from"));
    for (Row row : agreement.rows()) {
      lines.add(
          cells(shortened(row.label()), row.users(), firstWidth, widths)
              + String.format(Locale.ROOT, "  %,12d", row.onlyFrom()));
    }
    lines.add(cells("only in to", agreement.onlyTo(), firstWidth, widths));
  }

  private static String cells(String name, List<Long> cells, int firstWidth, List<Integer> widths) {
    StringBuilder line = new StringBuilder(TerminalText.padded(name, firstWidth));
    for (int j = 0; j < cells.size(); j++) {
      line.append(String.format(Locale.ROOT, "  %," + widths.get(j) + "d", cells.get(j)));
    }
    return line.toString();
  }

  private static int width(String heading, Stream<String> names) {
    return names
        .map(name -> TerminalText.columns(shortened(name)))
        .max(Comparator.naturalOrder())
        .map(widest -> Math.max(widest, heading.length()))
        .orElse(heading.length());
  }

  private static String shortened(String name) {
    return name.isEmpty() ? "(empty)" : TerminalText.line(name, MAX_NAME_COLUMNS);
  }
}
