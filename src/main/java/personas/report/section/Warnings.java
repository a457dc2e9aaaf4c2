package personas.report.section;

import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import personas.model.Model;
import personas.report.data.ReportData.Persona;
import personas.report.data.ReportData.Warning;
import personas.report.privacy.ReportMask;
import personas.report.statistic.ClusterSeparation;

/** Collects the warnings of a report. */
public final class Warnings {
  /** A persona with a smaller share of all users is tiny. */
  private static final double MIN_SHARE = 0.01;

  /** A smaller fit of the declared profile is loose. */
  private static final double MIN_GOOD_FIT = 0.65;

  /** With a smaller margin, the second best profile fits about as well as the first. */
  private static final double MIN_CLEAR_MARGIN = 0.05;

  /**
   * A mean silhouette below this limit shows no substantial structure (L. Kaufman and P. J.
   * Rousseeuw, <em>Finding groups in data</em>, 1990).
   */
  private static final double LOW_SILHOUETTE = 0.25;

  /**
   * A cluster with a lower mean Jaccard similarity is not stable (C. Hennig, <em>Cluster-wise
   * assessment of cluster stability</em>, 2007).
   */
  private static final double MIN_STABILITY = 0.6;

  /** The kinds of serious warnings. Warnings of the kind {@code run} are judged by their text. */
  private static final Set<String> SERIOUS =
      Set.of(
          LedgerWarnings.REJECTED_COLUMN,
          "low_silhouette",
          "unstable_segment",
          "tiny_segment",
          "overlap",
          LedgerWarnings.MOSTLY_IMPUTED,
          LedgerWarnings.TOTAL,
          LedgerWarnings.GROUPED,
          LedgerWarnings.BLANKS,
          "id_as_feature");

  /** The beginnings of warnings of the kind {@code run} that are not serious. */
  private static final List<String> NOT_SERIOUS =
      List.of(
          "columns with a constant value",
          "repeated user ids",
          // The warnings of models of earlier versions.
          "constant, so without influence",
          "records with the user id of an earlier one");

  /** The kind of a note, which says what the run did and is not a warning. */
  public static final String NOTE = "note";

  private Warnings() {}

  /**
   * Returns the warnings of the records, of the features, of the model and of the personas, in this
   * order. A warning is serious if a plan that is based on the segments could go wrong.
   *
   * @param mask hides what the model says of few users
   * @param featureWarnings the warnings of the features
   * @param personas the k personas; a hidden persona has no number of users
   * @param separation the separations of the personas
   * @param silhouette mean silhouette of all users; null if k is 1
   */
  public static List<Warning> of(
      ReportMask mask,
      List<Warning> featureWarnings,
      List<Persona> personas,
      ClusterSeparation separation,
      Double silhouette) {
    Model model = mask.model();
    Model.Ledger ledger = mask.ledger(model.ledger());
    List<Warning> warnings = new ArrayList<>(LedgerWarnings.of(ledger));
    warnings.addAll(featureWarnings);
    model
        .warnings()
        .forEach(text -> warnings.add(new Warning(Model.isNote(text) ? NOTE : "run", text)));
    warnOfQuality(silhouette, personas, warnings);
    personas.forEach(persona -> warnIfTiny(persona, model.ledger().users(), warnings));
    personas.forEach(persona -> warnIfFitIsLoose(persona, warnings));
    warnOfOverlaps(personas, separation, warnings);
    return warnings.stream()
        .map(warning -> new Warning(warning.kind(), warning.text(), isSerious(warning, model)))
        .toList();
  }

  private static void warnIfTiny(Persona persona, long allUsers, List<Warning> warnings) {
    if (persona.users() == null) {
      add(warnings, "tiny_segment", "%s has too few users for a plan of its own.", persona.name());
    } else if (persona.share() < MIN_SHARE) {
      add(
          warnings,
          "tiny_segment",
          "%s has only %,d of %,d users (%.2f%%), too few for a plan of its own.",
          persona.name(),
          persona.users(),
          allUsers,
          100 * persona.share());
    }
  }

  private static boolean isSerious(Warning warning, Model model) {
    if (!warning.kind().equals("run")) {
      return SERIOUS.contains(warning.kind());
    }
    return NOT_SERIOUS.stream().noneMatch(warning.text()::startsWith)
        && model.unmatchedPersonas().keySet().stream()
            .noneMatch(
                name ->
                    warning.text().startsWith(name + " does not match a cluster")
                        || warning.text().startsWith(name + " is not matched"));
  }

  /** Adds warnings of personas that are close together or unstable. */
  private static void warnOfQuality(
      Double silhouette, List<Persona> personas, List<Warning> warnings) {
    if (silhouette != null && silhouette < LOW_SILHOUETTE) {
      add(
          warnings,
          "low_silhouette",
          "The personas lie close together (silhouette %.2f, below %.2f). Do not expect users of two"
              + " personas to differ clearly.",
          silhouette,
          LOW_SILHOUETTE);
    }
    for (Persona persona : personas) {
      // If the mean over all users is low, most personas have a low silhouette.
      double limit = silhouette == null || silhouette < LOW_SILHOUETTE ? 0 : LOW_SILHOUETTE;
      if (persona.silhouette() != null && persona.silhouette() < limit) {
        add(
            warnings,
            "low_silhouette",
            "%s is hard to distinguish: its users are about as near to another persona (silhouette"
                + " %.2f, from -1 to 1).",
            persona.name(),
            persona.silhouette());
      }
      warnIfUnstable(persona, warnings);
    }
  }

  private static void warnIfUnstable(Persona persona, List<Warning> warnings) {
    if (persona.stability() != null && persona.stability() < MIN_STABILITY) {
      add(
          warnings,
          "unstable_segment",
          "%s is unstable (stability %.2f, below %.2f): another sample of the users would give"
              + " another persona.",
          persona.name(),
          persona.stability(),
          MIN_STABILITY);
    }
  }

  private static void warnIfFitIsLoose(Persona persona, List<Warning> warnings) {
    if (persona.fit() != null && persona.fit() < MIN_GOOD_FIT) {
      add(
          warnings,
          "bad_fit",
          "%s fits its declared profile only loosely (fit %.2f), so its figures say more than its"
              + " name.",
          persona.name(),
          persona.fit());
    } else if (hasCloseRunnerUp(persona)) {
      add(
          warnings,
          "close_profiles",
          "%s fits the profile %s about as well (fit %.2f for its own profile, %.2f for the other).",
          persona.name(),
          persona.runnerUp().name(),
          persona.fit(),
          persona.runnerUp().fit());
    }
  }

  private static boolean hasCloseRunnerUp(Persona persona) {
    return persona.runnerUp() != null
        && persona.runnerUp().margin() != null
        && persona.runnerUp().margin() < MIN_CLEAR_MARGIN;
  }

  private static void warnOfOverlaps(
      List<Persona> personas, ClusterSeparation separation, List<Warning> warnings) {
    for (int a = 0; a < personas.size(); a++) {
      int b = separation.nearest(a);
      // Skips a pair that was already seen from the persona with the lower index.
      if (b < 0 || (b < a && separation.nearest(b) == a)) {
        continue;
      }
      if (personas.get(a).users() == null || personas.get(b).users() == null) {
        continue;
      }
      Double pairSeparation = separation.of(a, b);
      if (pairSeparation != null && pairSeparation < ClusterSeparation.CLEAR) {
        add(
            warnings,
            "overlap",
            "%s and %s overlap (separation %.2f, below %.2f): users on the border could belong to"
                + " either.",
            personas.get(a).name(),
            personas.get(b).name(),
            pairSeparation,
            ClusterSeparation.CLEAR);
      }
    }
  }

  /** Adds a warning. {@link #of} decides whether the warning is serious. */
  @FormatMethod
  static void add(
      List<Warning> warnings, String kind, @FormatString String format, Object... arguments) {
    warnings.add(new Warning(kind, String.format(Locale.ROOT, format, arguments)));
  }
}
