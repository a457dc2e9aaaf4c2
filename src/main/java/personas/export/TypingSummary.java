package personas.export;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import personas.export.typing.TypingInput;
import personas.export.typing.TypingResult;
import personas.export.typing.TypingResult.PersonaAccuracy;
import personas.text.TerminalText;

/** Summarizes a typing tool for the terminal: the inputs and the accuracy. */
public final class TypingSummary {
  private static final int MAX_NAME_WIDTH = 48;

  private final TypingResult result;

  /** Creates a summary of a tool and its accuracy. */
  public TypingSummary(TypingResult result) {
    this.result = result;
  }

  /** Returns the lines without line feeds. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    if (!result.reachesTarget()) {
      lines.add(
          String.format(
              Locale.ROOT,
              "warning: no tool of up to %d features reaches the accuracy %s. This tool is the best."
                  + " Increase --features or decrease --accuracy to change the choice",
              result.limit(),
              percent(result.target())));
    }
    lines.add(tool());
    result.sizes().forEach(size -> lines.add(candidate(size)));
    lines.add("");
    lines.addAll(table());
    return lines;
  }

  private String tool() {
    List<TypingInput> inputs = result.tool().inputs();
    return String.format(
        Locale.ROOT,
        "%d of %d features give %s of %,d held-out users their persona: %s",
        inputs.size(),
        result.columns(),
        percent(result.accuracy()),
        result.heldOutUsers(),
        columns(inputs.stream().map(TypingInput::column).toList()));
  }

  private String candidate(TypingResult.Size size) {
    return String.format(
        Locale.ROOT,
        "  %2d: %7s in cross-validation over %,d training users: %s",
        size.columns().size(),
        percent(size.accuracy()),
        result.trainingUsers(),
        columns(size.columns()));
  }

  private static String columns(List<String> names) {
    return TerminalText.line(String.join(", ", names), 160);
  }

  /** Returns a table of the accuracy of each persona. */
  private List<String> table() {
    int width =
        result.personas().stream()
            .mapToInt(persona -> TerminalText.columns(name(persona)))
            .reduce("persona".length(), Math::max);
    List<String> lines = new ArrayList<>();
    lines.add(row("id", "persona", width, List.of("held-out users", "recall", "precision")));
    for (PersonaAccuracy accuracy : result.personas()) {
      List<String> figures =
          List.of(
              String.format(Locale.ROOT, "%,d", accuracy.users()),
              percent(accuracy.recall()),
              percent(accuracy.precision()));
      lines.add(row(String.valueOf(accuracy.cluster()), name(accuracy), width, figures));
    }
    return lines;
  }

  private static String row(String id, String persona, int width, List<String> figures) {
    return String.format(
        Locale.ROOT,
        "%4s  %s  %14s  %7s  %9s",
        id,
        TerminalText.padded(persona, width),
        figures.get(0),
        figures.get(1),
        figures.get(2));
  }

  private static String percent(Double share) {
    return share == null ? "-" : String.format(Locale.ROOT, "%.1f%%", 100 * share);
  }

  private static String name(PersonaAccuracy persona) {
    return TerminalText.line(persona.persona(), MAX_NAME_WIDTH);
  }
}
