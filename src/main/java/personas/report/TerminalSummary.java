package personas.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import personas.kmeans.Status;
import personas.model.Model;
import personas.model.Model.ClusterModel;

/**
 * A finished run in a few aligned lines: a row a cluster with its strategy under it, then status,
 * ledger and warnings.
 */
public final class TerminalSummary {
  private static final String BOLD = "\u001b[1m";
  private static final String DIM = "\u001b[2m";
  private static final String YELLOW = "\u001b[33m";
  private static final String RESET = "\u001b[0m";

  private final Model model;
  private final boolean colour;
  private final int personaWidth;
  private final int usersWidth;

  /**
   * @param colour whether to write ANSI colours; for a terminal only
   */
  public TerminalSummary(Model model, boolean colour) {
    this.model = model;
    this.colour = colour;
    this.personaWidth = widest("persona", model.clusters().stream().map(c -> shown(c.persona())));
    this.usersWidth = widest("users", model.clusters().stream().map(c -> grouped(c.users())));
  }

  private static int widest(String heading, java.util.stream.Stream<String> texts) {
    return Math.max(heading.length(), texts.mapToInt(String::length).max().orElse(0));
  }

  /** The lines, without line feeds. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(paint(BOLD, row("id", "persona", "users", "share", "what stands out")));
    for (ClusterModel cluster : model.clusters()) {
      lines.add(
          row(
              String.valueOf(cluster.id()),
              shown(cluster.persona()),
              grouped(cluster.users()),
              String.format(Locale.ROOT, "%.1f %%", 100 * cluster.share()),
              cluster.standsOut()));
      if (!cluster.strategy().isEmpty()) {
        lines.add(paint(DIM, "     → " + shown(cluster.strategy())));
      }
    }
    lines.add("");
    lines.add(status());
    if (model.kSelection() != null && model.kSelection().candidates().size() > 1) {
      lines.add(shown(model.kSelection().reason()));
    }
    lines.add(ledger());
    model.warnings().forEach(warning -> lines.add(paint(YELLOW, "warning: " + shown(warning))));
    return lines;
  }

  private String row(String id, String persona, String users, String share, String standsOut) {
    return String.format(
        Locale.ROOT,
        "%3s  %-" + personaWidth + "s  %" + usersWidth + "s  %7s  %s",
        id,
        persona,
        users,
        share,
        standsOut);
  }

  private String status() {
    String passes = model.iterations() == 1 ? " iteration" : " iterations";
    String ended =
        model.status() == Status.CONVERGED
            ? "converged after "
            : "not converged: stopped at the limit of ";
    return ended
        + grouped(model.iterations())
        + passes
        + String.format(Locale.ROOT, ", inertia %.6g", model.inertia());
  }

  private String ledger() {
    String reasons =
        model.ledger().rejected().entrySet().stream()
            .map(entry -> entry.getKey() + " " + grouped(entry.getValue()))
            .collect(Collectors.joining(", "));
    return "read "
        + grouped(model.ledger().read())
        + " = assigned "
        + grouped(model.ledger().assigned())
        + " + rejected "
        + grouped(model.ledger().rejectedTotal())
        + (reasons.isEmpty() ? "" : " (" + reasons + ")");
  }

  private static String grouped(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  /** A text of the spec, with nothing that a terminal would obey, and not endless. */
  private static String shown(String text) {
    String plain = text.replaceAll("[\\p{Cntrl}\\p{Cf}]", " ");
    return plain.length() <= 160 ? plain : plain.substring(0, 159) + "…";
  }

  private String paint(String style, String line) {
    return colour ? style + line + RESET : line;
  }
}
