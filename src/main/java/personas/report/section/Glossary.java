package personas.report.section;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import personas.kmeans.metric.Metric;
import personas.kmeans.selection.SelectionMetrics;
import personas.report.data.ReportData.Definition;
import personas.report.statistic.ClusterSeparation;

/** What the terms of the page mean. */
public final class Glossary {
  private Glossary() {}

  /**
   * All definitions, in the order of the report.
   *
   * @param described whether the page describes columns that were not clustered
   * @param drift whether the page says what changed since an earlier run
   */
  public static List<Definition> all(boolean described, boolean drift) {
    List<Definition> all = new ArrayList<>(ALWAYS);
    for (Metric<?> metric : SelectionMetrics.ALL) {
      all.add(new Definition(metric.id(), metric.title(), metric.sentence()));
    }
    all.addAll(described ? OF_DESCRIPTION : List.of());
    all.addAll(drift ? OF_DRIFT : List.of());
    return all;
  }

  private static final List<Definition> ALWAYS =
      List.of(
          new Definition(
              "persona",
              "Persona",
              "A group of users with similar behaviour, found by K-Means, with the name of the"
                  + " declared profile that it fits best. Where none fits, the name says what stands"
                  + " out."),
          new Definition(
              "sigma",
              "σ (standard deviation)",
              "How far values usually lie from their mean. +1σ means: the mean of the persona lies"
                  + " one standard deviation above the mean of all users. A feature with a"
                  + " log1p transform is compared on its logarithmic scale. A user beyond a limit"
                  + " that the run set counts as the limit here, and as it is in means and"
                  + " medians."),
          new Definition(
              "index",
              "Index",
              "The figure of the persona in percent of the same figure of all users: 100 is the"
                  + " average, 150 is half more, 50 is half of it."),
          new Definition(
              "centroid",
              "Centroid",
              "The average user of a persona: the mean of each feature over its users."),
          new Definition(
              "median",
              "Median",
              "Half of the users have less, half have more; users without a value are left out of"
                  + " means, medians, histograms and rules. Where it lies far below the mean, a few"
                  + " users with large values pull the mean up."),
          new Definition(
              "fit",
              "Fit",
              "How well the centroid meets the declared profile: 1 is in full, 0.5 is one standard"
                  + " deviation off, 0 is two or more."),
          new Definition(
              "margin",
              "Margin",
              "Fit of the persona's own profile less that of the second best. Near 0 the two names"
                  + " could be exchanged."),
          new Definition(
              "interval",
              "Interval",
              "Where the figure would lie in 95 of 100 other samples of such users. The personas keep"
                  + " their centroids, except for stability, which compares personas that were found"
                  + " anew. A figure is gray if its interval includes that of all users, or, for"
                  + " stability, a value below 0.75."),
          new Definition(
              "separation",
              "Separation",
              String.format(
                  Locale.ROOT,
                  "Distance of two centroids over the sum of both spreads along the line between"
                      + " them. One cloud cut in two gives 1.3 to 1.7; below %.2f two personas are"
                      + " said to overlap.",
                  ClusterSeparation.CLEAR)),
          new Definition(
              "shift",
              "Largest shift",
              "How far the centroid that moved most moved in one pass, in standard deviations."),
          new Definition(
              "coverage", "Coverage", "Share of the persona's users that the rule finds."),
          new Definition(
              "precision",
              "Precision",
              "Share of the users that the rule finds that do belong to the persona."),
          new Definition(
              "held_out",
              "Held-out users",
              "A third of the users of the sample, chosen by hash. The rules were found without them,"
                  + " so that these users show how often the rules are right for users that nobody has"
                  + " looked at."),
          new Definition(
              "components",
              "Principal components",
              "The two directions, across all features, in which users differ most. Their share says"
                  + " how much of all differences the picture shows."));

  private static final List<Definition> OF_DESCRIPTION =
      List.of(
          new Definition(
              "chance",
              "Could be chance",
              "The report makes many comparisons, and some differences of this size are expected"
                  + " even if the persona is like all users. Of the differences that are not gray,"
                  + " at most one in twenty is expected to be chance."),
          new Definition(
              "agreement",
              "Adjusted Rand index",
              "How far the texts of a column and the personas are the same groups of users: 1 if they"
                  + " are, about 0 if one says nothing about the other."));

  private static final List<Definition> OF_DRIFT =
      List.of(
          new Definition(
              "change",
              "Kept, moved, new, retired",
              "A kept persona lies where one of the earlier run lay; a moved one is recognised, but"
                  + " its centroid went more than a little. A new one matches none of the earlier"
                  + " run; a retired one is matched by none of this run, and its id is not used"
                  + " again."),
          new Definition(
              "retention",
              "Stayed, left, came",
              "The share of the persona's earlier users who are still in it, the share of them who are"
                  + " not in this run, and the share of its present users who were not in the earlier"
                  + " run. Earlier users who neither stayed nor left are in another persona now."),
          new Definition(
              "resampling",
              "Retained, resampled",
              "Retained: of the persona's earlier users who are in this run, the share that is still"
                  + " in it. Resampled: the same share if other samples of the same users are"
                  + " clustered, so without any change of the users. A much smaller share retained"
                  + " says that users moved, or that the personas did."),
          new Definition(
              "psi",
              "PSI (population stability index)",
              "How differently the values of a feature are spread over the users than before: below"
                  + " 0.1 hardly, above 0.25 very. Chance is what to expect where nothing moved."),
          new Definition(
              "migration",
              "Who went where",
              "Users of the earlier run by their persona then (rows) and now (columns). Those who"
                  + " left are not in this run, those who joined were not in the earlier one."),
          new Definition(
              "cause",
              "Users moved, centroids moved",
              "Of the users whose persona changed: those whom the earlier model, too, puts elsewhere"
                  + " today behave differently; for the others it is the personas that shifted."));
}
