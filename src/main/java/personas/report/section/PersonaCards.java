package personas.report.section;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import personas.model.KSelection;
import personas.model.Model.ClusterModel;
import personas.persona.ClusterPersona;
import personas.report.data.ReportData.Feature;
import personas.report.data.ReportData.Intervals;
import personas.report.data.ReportData.Neighbor;
import personas.report.data.ReportData.Persona;
import personas.report.data.ReportData.RunnerUp;
import personas.report.data.ReportInput;
import personas.report.privacy.HiddenFigures;
import personas.report.privacy.ValueGrid;
import personas.report.rule.RuleColumn;
import personas.report.rule.RuleSearch;
import personas.report.statistic.ClusterSeparation;
import personas.report.statistic.SampleSilhouette;
import personas.report.statistic.SampleStatistics;

/** Computes what the report shows about each persona. */
public final class PersonaCards {
  /** The maximum number of features that a card lists as setting the persona apart. */
  private static final int MAX_SETS_APART = 3;

  /**
   * A sentence names a feature if the centroid has at least this distance from the mean of all
   * users, in standard deviations.
   */
  private static final double MIN_NOTABLE_DISTANCE = 0.25;

  private final ReportInput input;
  private final List<Feature> features;
  private final SampleSilhouette silhouette;
  private final ClusterSeparation separation;
  private final RuleSearch rules;
  private final PersonaIntervals intervals;
  private final HiddenFigures hidden;
  private final List<ValueGrid> grids;

  /**
   * Prepares the cards of a run.
   *
   * @param features the d features of the report
   * @param silhouette the silhouettes of the sample
   * @param separation the separations of the personas
   * @param hidden the figures that privacy hides
   */
  public PersonaCards(
      ReportInput input,
      List<Feature> features,
      SampleSilhouette silhouette,
      ClusterSeparation separation,
      HiddenFigures hidden) {
    this.input = input;
    this.hidden = hidden;
    this.grids =
        IntStream.range(0, features.size())
            .mapToObj(f -> ValueGrid.of(features.get(f), input.sample().sorted(f), input.privacy()))
            .toList();
    this.features = features;
    this.silhouette = silhouette;
    this.separation = separation;
    this.intervals = new PersonaIntervals(input.model(), input.sample(), features);
    this.rules =
        new RuleSearch(
            input.sample(),
            IntStream.range(0, features.size()).mapToObj(this::ruleColumn).toList());
  }

  /** Returns the k personas. They are computed in parallel and do not depend on each other. */
  public List<Persona> build() {
    int k = input.model().clusters().size();
    return IntStream.range(0, k).parallel().mapToObj(this::card).toList();
  }

  /**
   * Returns the card of a persona. The index {@code persona} may differ from the id of the cluster.
   */
  private Persona card(int persona) {
    ClusterModel cluster = input.model().clusters().get(persona);
    List<double[]> values =
        IntStream.range(0, features.size()).mapToObj(f -> values(f, persona)).toList();
    List<Integer> setsApart = setsApart(cluster, persona);
    Intervals personaIntervals = intervals.of(persona);
    return new Persona(
        cluster.id(),
        cluster.persona(),
        cluster.declared(),
        cluster.users(),
        cluster.share(),
        summary(cluster, setsApart, personaIntervals),
        cluster.strategy(),
        deviations(cluster),
        missing(cluster),
        means(cluster),
        indices(cluster),
        IntStream.range(0, features.size())
            .mapToObj(f -> grids.get(f).valueToShow(SampleStatistics.median(values.get(f))))
            .toList(),
        values.stream().map(SampleStatistics::sigma).toList(),
        setsApart,
        neighbor(persona),
        cluster.declared() ? cluster.fit() : null,
        runnerUp(cluster, persona),
        silhouette.mean(persona),
        stability(persona),
        rules.find(persona),
        personaIntervals);
  }

  /**
   * Returns the raw values of a persona in the sample, ascending. The array is empty if privacy
   * hides the values.
   */
  private double[] values(int f, int persona) {
    double[] values = input.sample().rawOf(f, persona);
    Arrays.sort(values);
    return values.length < input.privacy().minGroup() ? new double[0] : values;
  }

  /**
   * Returns whether the list has no earlier feature of the same column. A sentence names only one
   * level of a column.
   */
  private boolean isFirstOfItsColumn(int f, List<Integer> strongestFirst) {
    for (int other : strongestFirst) {
      if (other == f) {
        return true;
      }
      if (column(other).equals(column(f))) {
        return false;
      }
    }
    return true;
  }

  private String column(int f) {
    return ruleColumn(f).name();
  }

  private RuleColumn ruleColumn(int f) {
    return SegmentRules.column(input, f);
  }

  private List<Double> deviations(ClusterModel cluster) {
    return IntStream.range(0, features.size()).mapToObj(f -> deviation(cluster, f)).toList();
  }

  /** Returns the distance of a centroid from the mean of all users, in standard deviations. */
  private double deviation(ClusterModel cluster, int f) {
    return input.model().features().get(f).inDeviations(cluster.centroid().get(f));
  }

  private static List<Double> missing(ClusterModel cluster) {
    List<Double> shares = new ArrayList<>();
    for (int f = 0; f < cluster.rawMean().size(); f++) {
      shares.add(cluster.users() == 0 ? 0 : 1 - cluster.present(f) / (double) cluster.users());
    }
    return shares;
  }

  /** Returns the raw means; null for a feature without any value. */
  private static List<Double> means(ClusterModel cluster) {
    List<Double> means = new ArrayList<>();
    for (int f = 0; f < cluster.rawMean().size(); f++) {
      means.add(cluster.present(f) == 0 ? null : cluster.rawMean().get(f));
    }
    return means;
  }

  /**
   * Returns for each feature 100 times the mean of the persona divided by the mean of all users;
   * null if this ratio has no meaning.
   */
  private List<Double> indices(ClusterModel cluster) {
    List<Double> indices = new ArrayList<>();
    for (int f = 0; f < cluster.rawMean().size(); f++) {
      Feature feature = features.get(f);
      boolean isRatio =
          cluster.present(f) > 0
              && feature.linear().min() >= 0
              && cluster.rawMean().get(f) >= 0
              && feature.mean() != null
              && feature.mean() > 0;
      double index = isRatio ? 100 * (cluster.rawMean().get(f) / feature.mean()) : 0;
      indices.add(isRatio && Double.isFinite(index) ? index : null);
    }
    return indices;
  }

  private List<Integer> setsApart(ClusterModel cluster, int persona) {
    return IntStream.range(0, features.size())
        .boxed()
        .filter(f -> !features.get(f).constant())
        .filter(f -> !hidden.hidesMean(persona, f) && !hidden.hidesMean(f))
        .sorted(Comparator.comparingDouble(f -> -Math.abs(deviation(cluster, f))))
        .limit(MAX_SETS_APART)
        .toList();
  }

  private String summary(
      ClusterModel cluster, List<Integer> setsApart, Intervals personaIntervals) {
    if (cluster.users() == 0) {
      return "This persona has no users.";
    }
    return PersonaSentence.of(
        setsApart.stream()
            .filter(f -> Math.abs(deviation(cluster, f)) >= MIN_NOTABLE_DISTANCE)
            .filter(f -> cluster.present(f) > 0 && personaIntervals.isSure(f))
            .filter(f -> isFirstOfItsColumn(f, setsApart))
            .map(
                f ->
                    new PersonaSentence.Trait(
                        features.get(f).name(),
                        features.get(f).label(),
                        features.get(f).level(),
                        new PersonaSentence.Figures(
                            cluster.rawMean().get(f),
                            features.get(f).mean(),
                            features.get(f).linear().min() < 0,
                            deviation(cluster, f)),
                        input.model().featureContext(f).wordsOrNone()))
            .toList());
  }

  private Neighbor neighbor(int persona) {
    int nearest = separation.nearest(persona);
    return nearest < 0
        ? null
        : new Neighbor(
            nearest, separation.distance(persona, nearest), separation.of(persona, nearest));
  }

  private Double stability(int persona) {
    KSelection selection = input.model().kSelection();
    return selection == null ? null : selection.clusterStability().get(persona);
  }

  private RunnerUp runnerUp(ClusterModel cluster, int persona) {
    if (input.personas().isEmpty()) {
      return null;
    }
    ClusterPersona clusterPersona = input.personas().get(persona);
    if (clusterPersona.runnerUp().persona().isEmpty()) {
      return null;
    }
    return new RunnerUp(
        clusterPersona.runnerUp().persona(),
        clusterPersona.runnerUp().fit(),
        cluster.declared() ? cluster.fit() - clusterPersona.runnerUp().fit() : null);
  }
}
