package personas.export;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import personas.export.typing.TypingResult;
import personas.export.typing.TypingResult.PersonaAccuracy;
import personas.text.TerminalText;

/** A typing tool in a few aligned lines for the terminal: what it asks, and how well it types. */
public final class TypingSummary {
  private static final int WIDEST_NAME = 48;

  private final TypingResult result;

  public TypingSummary(TypingResult result) {
    this.result = result;
  }

  /** The lines, without line feeds. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    if (!result.reachesTarget()) {
      lines.add(
          String.format(
              Locale.ROOT,
              "warning: no tool of up to %d features reaches the accuracy %s. This one is the best;"
                  + " a higher --features or a lower --accuracy changes the choice",
              result.limit(),
              percent(result.target())));
    }
    lines.add(
        String.format(
            Locale.ROOT,
            "%d of %d features give %s of %,d held-out users their persona: %s",
            result.tool().inputs().size(),
            result.columns(),
            percent(result.accuracy()),
            result.heldOutUsers(),
            TerminalText.line(
                String.join(", ", result.tool().inputs().stream().map(i -> i.column()).toList()),
                160)));
    for (TypingResult.Size size : result.sizes()) {
      lines.add(
          String.format(
              Locale.ROOT,
              "  %2d: %7s in cross-validation over %,d training users: %s",
              size.columns().size(),
              percent(size.accuracy()),
              result.trainingUsers(),
              TerminalText.line(String.join(", ", size.columns()), 160)));
    }
    lines.add("");
    int width =
        result.personas().stream()
            .mapToInt(persona -> TerminalText.columns(name(persona)))
            .reduce("persona".length(), Math::max);
    String row = "%4s  %s  %14s  %7s  %9s";
    lines.add(
        String.format(
            Locale.ROOT,
            row,
            "id",
            TerminalText.padded("persona", width),
            "held-out users",
            "recall",
            "precision"));
    for (PersonaAccuracy each : result.personas()) {
      lines.add(
          String.format(
              Locale.ROOT,
              row,
              each.cluster(),
              TerminalText.padded(name(each), width),
              String.format(Locale.ROOT, "%,d", each.users()),
              percent(each.recall()),
              percent(each.precision())));
    }
    return lines;
  }

  private static String percent(Double share) {
    return share == null ? "-" : String.format(Locale.ROOT, "%.1f%%", 100 * share);
  }

  private static String name(PersonaAccuracy persona) {
    return TerminalText.line(persona.persona(), WIDEST_NAME);
  }
}
