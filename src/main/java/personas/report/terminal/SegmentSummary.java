package personas.report.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import personas.kmeans.ConvergenceStatus;
import personas.model.Model;
import personas.model.Model.ClusterModel;
import personas.report.data.ReportData;
import personas.report.data.ReportData.Ledger;
import personas.report.data.ReportData.Persona;
import personas.report.data.ReportData.Run;
import personas.report.data.ReportData.Warning;
import personas.report.section.LedgerWarnings;
import personas.report.section.Warnings;
import personas.text.TerminalText;

/**
 * A finished run in about 15 aligned lines for a terminal: users and personas, one row per persona,
 * the status, the ledger and warnings. If there are few personas, a sentence and the strategy
 * follow each row.
 */
public final class SegmentSummary {
  private static final String BOLD = "\u001b[1m";
  private static final String DIM = "\u001b[2m";
  private static final String YELLOW = "\u001b[33m";
  private static final String RESET = "\u001b[0m";

  /** The number of lines for all personas. A persona has one to three lines. */
  private static final int MAX_PERSONA_LINES = 12;

  private static final int MAX_NAME_COLUMNS = 100;
  private static final int MAX_WARNING_COLUMNS = 240;

  private final ReportData report;
  private final Model model;
  private final boolean usesColor;
  private final int personaWidth;
  private final int usersWidth;

  /**
   * Creates the summary of a run. Privacy does not apply to the terminal: names, counts and reasons
   * come from the model.
   *
   * @param report the report of the run
   * @param model the model of the same run
   * @param usesColor whether to write ANSI colors
   */
  public SegmentSummary(ReportData report, Model model, boolean usesColor) {
    this.report = report;
    this.model = model;
    this.usesColor = usesColor;
    this.personaWidth = widest("persona", model.clusters().stream().map(SegmentSummary::name));
    this.usersWidth =
        widest("users", model.clusters().stream().map(cluster -> grouped(cluster.users())));
  }

  private static int widest(String heading, Stream<String> texts) {
    return Math.max(heading.length(), texts.mapToInt(TerminalText::columns).max().orElse(0));
  }

  /** Returns the lines, without line feeds. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    LedgerWarnings.rejections(model.ledger()).forEach(warning -> lines.add(warningLine(warning)));
    lines.add(headline());
    lines.add("");
    lines.add(
        paint(BOLD, row(" id", "persona", "users", "share", " fit", "silhouette", "nearest")));
    for (int j = 0; j < report.personas().size(); j++) {
      addPersona(j, MAX_PERSONA_LINES / report.personas().size(), lines);
    }
    lines.add("");
    lines.add(status());
    if (report.stickiness() != null) {
      new StickinessLines(report.stickiness(), report.run().users()).addTo(lines);
    }
    if (report.kSelection().chosen() > 0) {
      lines.add(TerminalText.line(report.kSelection().reason(), 320));
    }
    lines.add(ledger());
    if (report.ruleSet() != null) {
      new RuleLines(report).addTo(lines);
    }
    report.warnings().stream()
        .filter(warning -> !comesFirst(warning))
        .forEach(warning -> lines.add(warningLine(warning)));
    return lines;
  }

  /** Returns whether a warning starts the summary, because it says that users are missing. */
  private static boolean comesFirst(Warning warning) {
    return warning.kind().equals(LedgerWarnings.REJECTED_COLUMN);
  }

  private String warningLine(Warning warning) {
    String text = TerminalText.line(warning.text(), MAX_WARNING_COLUMNS);
    return warning.kind().equals(Warnings.NOTE)
        ? "note: " + text
        : paint(YELLOW, "warning: " + text);
  }

  private String headline() {
    Run run = report.run();
    int k = report.personas().size();
    return TerminalText.line(run.spec(), 80)
        + ": "
        + withNoun(run.users(), "user")
        + " in "
        + withNoun(k, "persona")
        + (run.dataDate().isEmpty() ? "" : ", data of " + TerminalText.line(run.dataDate(), 80));
  }

  private void addPersona(int personaIndex, int maxLines, List<String> lines) {
    Persona persona = report.personas().get(personaIndex);
    ClusterModel cluster = model.clusters().get(personaIndex);
    lines.add(
        row(
            String.format(Locale.ROOT, "%3d", persona.id()),
            name(cluster),
            grouped(cluster.users()),
            percent(cluster.share()),
            figure(persona.fit()),
            figure(persona.silhouette()),
            nearestId(persona)));
    if (maxLines > 1) {
      lines.add("     " + TerminalText.line(persona.summary(), 160));
    }
    if (maxLines > 2 && !persona.strategy().isEmpty()) {
      lines.add(paint(DIM, "     → " + TerminalText.line(persona.strategy(), 160)));
    }
  }

  /** Returns the id of the nearest persona; a dash if there is no other persona. */
  private String nearestId(Persona persona) {
    return persona.neighbor() == null
        ? "-"
        : String.valueOf(report.personas().get(persona.neighbor().persona()).id());
  }

  /** Returns a row of the table of personas. The first two cells are the id and the persona. */
  private String row(String... cells) {
    Object[] padded = cells.clone();
    padded[1] = TerminalText.padded(cells[1], personaWidth);
    return String.format(Locale.ROOT, "%s  %s  %" + usersWidth + "s  %7s  %4s  %10s  %7s", padded);
  }

  private String status() {
    Run run = report.run();
    String outcome =
        run.status().equals(ConvergenceStatus.CONVERGED.name())
            ? "converged after "
            : "not converged: stopped at its limit of ";
    StringBuilder line = new StringBuilder(outcome).append(withNoun(run.iterations(), "iteration"));
    line.append(String.format(Locale.ROOT, ", inertia %.6g", run.inertia()));
    if (run.explained() != null) {
      line.append(", ").append(percent(run.explained())).append(" of the variance explained");
    }
    if (run.silhouette() != null) {
      line.append(", silhouette ").append(figure(run.silhouette()));
    }
    return line.toString();
  }

  private String ledger() {
    Ledger ledger = report.ledger();
    String reasons =
        model.ledger().rejected().entrySet().stream()
            .map(entry -> TerminalText.line(entry.getKey(), 80) + " " + grouped(entry.getValue()))
            .collect(Collectors.joining(", "));
    return "read "
        + grouped(ledger.read())
        + " = assigned "
        + grouped(ledger.assigned())
        + " + rejected "
        + grouped(ledger.rejected())
        + (reasons.isEmpty() ? "" : " (" + reasons + ")")
        + (ledger.assigned() == report.run().users()
            ? ""
            : "; the assigned records stand for " + withNoun(report.run().users(), "user"));
  }

  private static String withNoun(long count, String noun) {
    return grouped(count) + " " + noun + (count == 1 ? "" : "s");
  }

  private static String grouped(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f%%", 100 * share);
  }

  private static String figure(Double value) {
    return value == null ? "-" : String.format(Locale.ROOT, "%.2f", value);
  }

  private static String name(ClusterModel cluster) {
    return TerminalText.line(cluster.persona(), MAX_NAME_COLUMNS);
  }

  private String paint(String style, String line) {
    return usesColor ? style + line + RESET : line;
  }
}
