package personas.report.section;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import personas.kmeans.metric.Metric;
import personas.kmeans.selection.SelectionMetrics;
import personas.report.data.ReportData.Definition;
import personas.report.statistic.ClusterSeparation;

/** The definitions of the terms that the page uses. */
public final class Glossary {
  private Glossary() {}

  /**
   * Returns the definitions in the order of the report.
   *
   * @param hasDescription whether the page describes columns that were not clustered
   * @param hasDrift whether the page says what changed since the previous run
   */
  public static List<Definition> definitions(boolean hasDescription, boolean hasDrift) {
    List<Definition> definitions = new ArrayList<>(ALWAYS);
    for (Metric<?> metric : SelectionMetrics.ALL) {
      definitions.add(new Definition(metric.id(), metric.title(), metric.sentence()));
    }
    definitions.addAll(hasDescription ? OF_DESCRIPTION : List.of());
    definitions.addAll(hasDrift ? OF_DRIFT : List.of());
    return definitions;
  }

  private static final List<Definition> ALWAYS =
      List.of(
          new Definition(
              "persona",
              "Persona",
              "A group of users with similar behavior, found by K-Means. It has the name of the"
                  + " declared profile that fits best. If no profile fits, the name says what is"
                  + " distinctive."),
          new Definition(
              "sigma",
              "σ (standard deviation)",
              "How far values usually lie from their mean. +1σ means that the mean of the persona is one"
                  + " standard deviation above the mean of all users. A feature with the log1p transform"
                  + " is compared on the logarithmic scale. Values beyond a limit are capped here, but not"
                  + " in means and medians."),
          new Definition(
              "index",
              "Index",
              "The figure of the persona in percent of the figure of all users: 100 is the average, 150"
                  + " is half more than the average, 50 is half of the average."),
          new Definition(
              "centroid",
              "Centroid",
              "The average user of a persona: the mean of each feature over its users."),
          new Definition(
              "median",
              "Median",
              "Half of the users have less, and half have more. If the median is far below the mean, a"
                  + " few users with large values raise the mean. Means, medians and histograms skip"
                  + " missing values."),
          new Definition(
              "fit",
              "Fit",
              "How well the centroid matches the declared profile: 1 is a full match, 0.5 is one"
                  + " standard deviation off, 0 is two or more standard deviations off."),
          new Definition(
              "margin",
              "Margin",
              "The fit of the persona's own profile minus the fit of the second best profile. If the"
                  + " margin is near 0, both names fit about equally well."),
          new Definition(
              "interval",
              "Interval",
              "A 95% confidence interval: in 95 of 100 other samples of such users, the figure would be"
                  + " in a range like this. A figure is gray if the interval includes the figure of all"
                  + " users. A stability is gray if the interval includes values below 0.75."),
          new Definition(
              "separation",
              "Separation",
              String.format(
                  Locale.ROOT,
                  "The distance of two centroids divided by the sum of both standard deviations along"
                      + " the line between them. One group cut in two gives 1.3 to 1.7. Two personas"
                      + " overlap if the separation is below %.2f.",
                  ClusterSeparation.CLEAR)),
          new Definition(
              "shift",
              "Largest shift",
              "The largest distance that any centroid moved in one pass, in standard deviations."),
          new Definition(
              "coverage",
              "Coverage",
              "The share of the persona's users that the rule finds (recall)."),
          new Definition(
              "precision", "Precision", "The share of the found users who belong to the persona."),
          new Definition(
              "held_out",
              "Held-out users",
              "A third of the users of the sample, chosen by hash. The search for rules does not use"
                  + " them, so they show how often the rules are right for new users."),
          new Definition(
              "components",
              "Principal components",
              "The two directions, across all features, in which users differ most. The two shares say"
                  + " how much of all differences between users the picture shows."));

  private static final List<Definition> OF_DESCRIPTION =
      List.of(
          new Definition(
              "chance",
              "Could be chance",
              "The report makes many comparisons, so some differences of this size occur by chance even"
                  + " if the persona is like all users. Of the differences that are not gray, at most one"
                  + " in twenty is expected to be chance."),
          new Definition(
              "agreement",
              "Adjusted Rand index",
              "How far the texts of a column divide the users into the same groups as the personas: 1 if"
                  + " the groups are the same, about 0 if they are independent."));

  private static final List<Definition> OF_DRIFT =
      List.of(
          new Definition(
              "change",
              "Kept, moved, new, retired",
              "A kept persona has nearly the same centroid as in the previous run. A moved persona"
                  + " matches one of the previous run, but the centroid has moved. A new persona matches"
                  + " none of the previous run. A retired persona has no match in this run, and no later"
                  + " persona gets the same id."),
          new Definition(
              "retention",
              "Stayed, left, came",
              "Stayed: the share of the persona's previous users who are still in the persona. Left: the"
                  + " share of the previous users who are not in this run. Came: the share of the present"
                  + " users who were not in the previous run. All other previous users are in another"
                  + " persona now."),
          new Definition(
              "resampling",
              "Retained, resampled",
              "Retained: of the persona's previous users who are in this run, the share that is still in"
                  + " the persona. Resampled: the share that is retained if no user changes and other"
                  + " samples of the same users are clustered. If the first share is much smaller, users"
                  + " or centroids have moved."),
          new Definition(
              "psi",
              "PSI (population stability index)",
              "How much the distribution of a feature has changed since the previous run: below 0.1"
                  + " hardly, above 0.25 much. The column Chance shows the index to expect if nothing"
                  + " has changed."),
          new Definition(
              "migration",
              "Who went where",
              "Users by their persona in the previous run (rows) and in this run (columns). Users who"
                  + " left are not in this run. Users who came were not in the previous run."),
          new Definition(
              "cause",
              "Users moved, centroids moved",
              "Why users changed persona. If the previous model also gives a user another persona today,"
                  + " the user has changed. Otherwise, the centroids have moved."));
}
