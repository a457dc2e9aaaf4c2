package personas.report.terminal;

import java.util.List;
import java.util.Locale;
import personas.model.StickinessPrice;
import personas.model.StickinessPrice.History;

/** What it costs that users keep their previous persona, and how the margin was chosen. */
final class StickinessLines {
  private final StickinessPrice price;
  private final long users;

  /**
   * The lines of a run.
   *
   * @param users all users of the run
   */
  StickinessLines(StickinessPrice price, long users) {
    this.price = price;
    this.users = users;
  }

  void addTo(List<String> lines) {
    lines.add(
        String.format(
            Locale.ROOT,
            "held %,d users (%.1f %%) in their previous persona, margin %s: inertia %.6g, %.2f %% above"
                + " %.6g without",
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

  /** How the margin was chosen. */
  private String choice(History history) {
    if (price.chosenBy().equals(StickinessPrice.BY_DEFAULT)) {
      return String.format(
          Locale.ROOT,
          "the margin is 0, because a choice needs a user in three runs in a row, and of the runs"
              + " that --history names the last %,d go on from each other",
          history.runs());
    }
    double flipBack = percent(history.flipBacks(), history.triples());
    boolean isReached = flipBack <= 100 * history.maxFlipBack();
    return String.format(
        Locale.ROOT,
        "margin %s is chosen from %d earlier runs: %.2f %% of users in three runs in a row flip"
            + " back, %.2f %% without%s",
        margin(),
        history.runs(),
        flipBack,
        percent(history.freeFlipBacks(), history.triples()),
        isReached ? "" : "; no margin reaches maxFlipBack");
  }

  private String margin() {
    String text = String.format(Locale.ROOT, "%.4f", price.margin());
    return text.replaceFirst("\\.?0+$", "");
  }

  private static double percent(long part, long whole) {
    return whole == 0 ? 0 : 100.0 * part / whole;
  }
}
