package personas.report.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import personas.model.Model.Ledger;
import personas.model.compare.ScoreDrift;
import personas.model.score.ScoreResult;
import personas.report.section.LedgerWarnings;
import personas.text.TerminalText;

/**
 * A finished score as aligned lines for a terminal: the warnings, one row per persona, the ledger,
 * and the drift.
 */
public final class ScoreSummary {
  private static final int MAX_NAME_COLUMNS = 48;
  private static final int MAX_LINE_COLUMNS = 400;
  private static final int MAX_WARNING_COLUMNS = 240;

  private final ScoreResult result;

  public ScoreSummary(ScoreResult result) {
    this.result = result;
  }

  /** Returns the lines, without line feeds. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    LedgerWarnings.of(result.ledger())
        .forEach(
            warning ->
                lines.add("warning: " + TerminalText.line(warning.text(), MAX_WARNING_COLUMNS)));
    lines.addAll(table());
    lines.add("");
    lines.add(ledger());
    if (result.drift() != null) {
      lines.add(drift(result.drift()));
    }
    return lines;
  }

  private List<String> table() {
    int width =
        result.personas().stream()
            .mapToInt(persona -> TerminalText.columns(name(persona)))
            .reduce("persona".length(), Math::max);
    List<String> lines = new ArrayList<>();
    lines.add(row("id", TerminalText.padded("persona", width), "users", "share"));
    for (ScoreResult.ScoredPersona persona : result.personas()) {
      lines.add(
          row(
              String.valueOf(persona.id()),
              TerminalText.padded(name(persona), width),
              String.format(Locale.ROOT, "%,d", persona.users()),
              String.format(Locale.ROOT, "%.1f%%", 100 * persona.share())));
    }
    return lines;
  }

  private static String row(String id, String persona, String users, String share) {
    return String.format(Locale.ROOT, "%4s  %s  %13s  %7s", id, persona, users, share);
  }

  private String ledger() {
    Ledger ledger = result.ledger();
    return String.format(
        Locale.ROOT,
        "read %,d = assigned %,d + rejected %,d%s%s",
        ledger.read(),
        ledger.assigned(),
        ledger.rejectedTotal(),
        reasons(ledger),
        ledger.users() == ledger.assigned()
            ? ""
            : String.format(
                Locale.ROOT, "; the assigned records stand for %,d users", ledger.users()));
  }

  private static String reasons(Ledger ledger) {
    return ledger.rejected().isEmpty()
        ? ""
        : ledger.rejected().entrySet().stream()
            .map(
                entry ->
                    String.format(
                        Locale.ROOT,
                        "%s %,d",
                        TerminalText.line(entry.getKey(), MAX_NAME_COLUMNS),
                        entry.getValue()))
            .collect(Collectors.joining(", ", " (", ")"));
  }

  private static String drift(ScoreDrift drift) {
    return TerminalText.line(
        String.format(
            Locale.ROOT,
            "drift since the training: %s; %s (%s)",
            drift.advice().name().toLowerCase(Locale.ROOT),
            drift.reason(),
            drift.decidedBy().text()),
        MAX_LINE_COLUMNS);
  }

  private static String name(ScoreResult.ScoredPersona persona) {
    return TerminalText.line(persona.persona(), MAX_NAME_COLUMNS);
  }
}
