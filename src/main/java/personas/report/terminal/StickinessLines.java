package personas.report.terminal;

import java.util.List;
import java.util.Locale;
import personas.model.StickinessPrice;
import personas.model.StickinessPrice.History;

/** Lines for a terminal that state the price of stickiness and the choice of the margin. */
final class StickinessLines {
  private final StickinessPrice price;
  private final long users;

  /**
   * Creates the lines of a run.
   *
   * @param users all users of the run
   */
  StickinessLines(StickinessPrice price, long users) {
    this.price = price;
    this.users = users;
  }

  /** Adds one line, and a second one if the margin was chosen. */
  void addTo(List<String> lines) {
    lines.add(
        String.format(
            Locale.ROOT,
            "held %,d users (%.1f%%) in their previous persona, margin %s: inertia %.6g, %.2f%% above"
                + " the %.6g without stickiness",
            price.heldUsers(),
            percent(price.heldUsers(), users),
            margin(),
            price.inertia(),
            100 * price.addedShare(),
            price.freeInertia()));
    if (price.history() != null) {
      lines.add(choice(price.history()));
    }
  }

  /** Returns the line that says how the margin was chosen. */
  private String choice(History history) {
    if (price.chosenBy().equals(StickinessPrice.BY_DEFAULT)) {
      return String.format(
          Locale.ROOT,
          "the margin is 0: a choice needs users in three consecutive runs, and only the last %,d"
              + " runs of --history continue each other",
          history.runs());
    }
    double flipBack = percent(history.flipBacks(), history.triples());
    boolean isReached = flipBack <= 100 * history.maxFlipBack();
    return String.format(
        Locale.ROOT,
        "margin %s is chosen from %d earlier runs: %.2f%% of the users in three consecutive runs"
            + " flip back, %.2f%% without stickiness%s",
        margin(),
        history.runs(),
        flipBack,
        percent(history.freeFlipBacks(), history.triples()),
        isReached ? "" : "; no margin reaches stickiness.maxFlipBack");
  }

  private String margin() {
    String text = String.format(Locale.ROOT, "%.4f", price.margin());
    return text.replaceFirst("\\.?0+$", "");
  }

  private static double percent(long part, long whole) {
    return whole == 0 ? 0 : 100.0 * part / whole;
  }
}
