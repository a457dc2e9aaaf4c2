package personas.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import personas.model.ScoreResult;

/** A finished score in a few aligned lines: a row a persona, then the ledger. */
public final class ScoreSummary {
  private final ScoreResult result;

  public ScoreSummary(ScoreResult result) {
    this.result = result;
  }

  /** The lines, without line feeds. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    int width =
        Math.max(7, result.personas().stream().mapToInt(p -> p.persona().length()).max().orElse(0));
    String row = "%4s  %-" + width + "s  %13s  %7s";
    lines.add(String.format(Locale.ROOT, row, "id", "persona", "users", "share"));
    for (ScoreResult.ScoredPersona each : result.personas()) {
      lines.add(
          String.format(
              Locale.ROOT,
              row,
              each.id(),
              each.persona(),
              String.format(Locale.ROOT, "%,d", each.users()),
              String.format(Locale.ROOT, "%.1f %%", 100 * each.share())));
    }
    lines.add("");
    String reasons =
        result.ledger().rejected().entrySet().stream()
            .map(entry -> String.format(Locale.ROOT, "%s %,d", entry.getKey(), entry.getValue()))
            .collect(Collectors.joining(", "));
    lines.add(
        String.format(
            Locale.ROOT,
            "read %,d = assigned %,d + rejected %,d%s",
            result.ledger().read(),
            result.ledger().assigned(),
            result.ledger().rejectedTotal(),
            reasons.isEmpty() ? "" : " (" + reasons + ")"));
    return lines;
  }
}
