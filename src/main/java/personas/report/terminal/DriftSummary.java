package personas.report.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import personas.model.compare.Drift;
import personas.model.compare.Drift.FeatureDrift;
import personas.model.compare.Drift.PersonaDrift;
import personas.model.compare.DriftAdvice.Action;
import personas.model.compare.Migration;
import personas.text.TerminalText;

/**
 * Shows what changed between two runs, as aligned lines for a terminal. The advice comes last. If
 * the user ids of the two runs do not match, there is no advice, and {@link #warning} says why.
 */
public final class DriftSummary {
  private static final int MAX_NAME_COLUMNS = 48;
  private static final int MAX_REASON_COLUMNS = 2_000;

  private final Drift drift;

  public DriftSummary(Drift drift) {
    this.drift = drift;
  }

  /** Returns the warning that the caller prints before all figures; empty if there is none. */
  public Optional<String> warning() {
    return drift.advice() == Action.NONE ? Optional.of("warning: " + reason()) : Optional.empty();
  }

  /** Returns the lines, without line feeds. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    addPersonas(lines);
    addFeatures(lines);
    if (drift.migration() != null) {
      addMigration(drift.migration(), lines);
    }
    if (drift.advice() != Action.NONE) {
      lines.add("");
      lines.add(drift.advice().name().toLowerCase(Locale.ROOT) + ": " + reason());
    }
    return lines;
  }

  private String reason() {
    return TerminalText.line(drift.reason(), MAX_REASON_COLUMNS);
  }

  private void addPersonas(List<String> lines) {
    int width =
        drift.personas().stream()
            .mapToInt(persona -> TerminalText.columns(shortened(persona.persona())))
            .reduce("persona".length(), Math::max);
    String row = "%4s  %s  %-7s  %7s  %13s  %13s";
    String heading = TerminalText.padded("persona", width);
    boolean knowsUsers = drift.migration() != null;
    String line =
        String.format(Locale.ROOT, row, "id", heading, "change", "shift", "users", "before");
    lines.add(
        knowsUsers
            ? line + shares("stayed", "left", "came") + retention("retained", "resampled")
            : line);
    drift.personas().forEach(persona -> lines.add(persona(persona, row, width, knowsUsers)));
  }

  private static String persona(PersonaDrift persona, String row, int width, boolean knowsUsers) {
    String line =
        String.format(
            Locale.ROOT,
            row,
            persona.id(),
            TerminalText.padded(shortened(persona.persona()), width),
            persona.change().name().toLowerCase(Locale.ROOT),
            persona.shift() == null ? "" : String.format(Locale.ROOT, "%.2fσ", persona.shift()),
            grouped(persona.users()),
            grouped(persona.usersBefore()));
    if (knowsUsers) {
      line +=
          shares(percent(persona.stayed()), percent(persona.left()), percent(persona.came()))
              + retention(percent(persona.retention()), percent(persona.resampledRetention()));
    }
    String previousName = persona.previousPersona();
    return previousName == null ? line.stripTrailing() : line + "  was " + shortened(previousName);
  }

  private static String shares(String stayed, String left, String came) {
    return String.format(Locale.ROOT, "  %6s  %6s  %6s", stayed, left, came);
  }

  private static String retention(String retained, String resampled) {
    return String.format(Locale.ROOT, "  %8s  %9s", retained, resampled);
  }

  private static String percent(Double share) {
    return share == null ? "" : String.format(Locale.ROOT, "%.1f%%", 100 * share);
  }

  private void addFeatures(List<String> lines) {
    String psiOfFeatures =
        drift.features().stream()
            .filter(feature -> feature.psi() != null)
            .map(feature -> psi(feature))
            .collect(Collectors.joining(", "));
    lines.add("");
    lines.add(
        "PSI: "
            + (psiOfFeatures.isEmpty()
                ? "unknown, because the previous model has no histograms"
                : psiOfFeatures));
  }

  private static String psi(FeatureDrift feature) {
    return String.format(
        Locale.ROOT,
        "%s %.3f%s",
        shortened(feature.name()),
        feature.psi(),
        feature.interpolated() == null ? "" : " (interpolated)");
  }

  private static void addMigration(Migration migration, List<String> lines) {
    lines.add("");
    String cell = "%13s";
    StringBuilder head = new StringBuilder("   from \\ to");
    migration.columns().forEach(id -> head.append(String.format(Locale.ROOT, cell, id)));
    lines.add(head + String.format(Locale.ROOT, cell, "left"));
    for (Migration.Row row : migration.rows()) {
      lines.add(row(String.valueOf(row.id()), row.users(), grouped(row.leavers())));
    }
    lines.add(row("came", migration.joined(), ""));
    String causes =
        migration.changedByUsers() == null
            ? ""
            : String.format(
                Locale.ROOT,
                ": %s because users moved, %s because centroids moved",
                grouped(migration.changedByUsers()),
                grouped(migration.changedByCentroids()));
    lines.add(
        String.format(
            Locale.ROOT,
            "%s users stayed in their persona, %s changed%s",
            grouped(migration.stayed()),
            grouped(migration.changed()),
            causes));
  }

  private static String row(String name, List<Long> cells, String last) {
    StringBuilder row = new StringBuilder(String.format(Locale.ROOT, "%12s", name));
    cells.forEach(users -> row.append(String.format(Locale.ROOT, "%13s", grouped(users))));
    return (row + String.format(Locale.ROOT, "%13s", last)).stripTrailing();
  }

  private static String shortened(String name) {
    return TerminalText.line(name, MAX_NAME_COLUMNS);
  }

  private static String grouped(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }
}
