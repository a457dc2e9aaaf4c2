package personas.report.section;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import personas.model.Model;
import personas.model.Model.ClusterModel;
import personas.report.data.Axis;
import personas.report.data.Decimals;
import personas.report.data.ReportData.Components;
import personas.report.data.ReportData.Feature;
import personas.report.data.ReportData.Scatter;
import personas.report.data.ReportInput;
import personas.report.data.ReportSample;
import personas.report.privacy.HiddenFigures;
import personas.report.privacy.SmallGroups;
import personas.report.privacy.ValueGrid;
import personas.report.statistic.PairSeparation;
import personas.report.statistic.PrincipalComponents;
import personas.spec.Privacy;

/** Chooses the points of the scatter plots, an even part of the sample, and rounds their values. */
public final class ScatterPoints {
  /** The maximum number of points, which keeps them legible and the page small. */
  private static final int MAX_POINTS = 2_400;

  /** The significant digits of a value whose axis starts at 0; a picture cannot show more. */
  private static final int SIGNIFICANT_DIGITS = 4;

  private final ReportSample sample;
  private final Model model;
  private final List<Feature> features;
  private final Privacy privacy;
  private final HiddenFigures hidden;
  private final int[] users;

  /**
   * Chooses the points of a report.
   *
   * @param features the d features of the report
   * @param hidden the figures and personas that privacy hides
   */
  public ScatterPoints(ReportInput input, List<Feature> features, HiddenFigures hidden) {
    this.sample = input.sample();
    this.model = input.model();
    this.privacy = input.privacy();
    this.features = features;
    this.hidden = hidden;
    int count = Math.min(MAX_POINTS, sample.size());
    this.users =
        IntStream.range(0, count)
            .map(i -> (int) ((long) i * sample.size() / count))
            .filter(i -> !hidden.isHidden(sample.cluster(i)))
            .toArray();
  }

  /** Returns the number of points. */
  public int size() {
    return users.length;
  }

  /** Returns the points with their values and principal components. */
  public Scatter scatter() {
    List<List<Double>> raw = new ArrayList<>();
    for (int f = 0; f < sample.d(); f++) {
      int feature = f;
      double[] values = sample.sorted(f);
      int digits =
          values.length == 0
              ? SIGNIFICANT_DIGITS
              : Decimals.digits(values[0], values[values.length - 1], SIGNIFICANT_DIGITS);
      ValueGrid grid = ValueGrid.of(features.get(f), values, privacy);
      boolean hidesValues = values.length < privacy.minGroup();
      raw.add(
          Arrays.stream(users)
              .mapToObj(
                  i ->
                      hidesValues
                          ? Double.valueOf(Double.NaN)
                          : grid.valueToShow(sample.raw(feature, i)))
              .map(value -> value.isNaN() ? null : Decimals.significant(value, digits))
              .toList());
    }
    List<Integer> clusters = Arrays.stream(users).map(sample::cluster).boxed().toList();
    List<Integer> axes = initialAxes();
    return new Scatter(
        axes.get(0), axes.size() > 1 ? axes.get(1) : null, clusters, raw, components());
  }

  /** Returns the features that the plot shows first: the pair that separates the personas best. */
  private List<Integer> initialAxes() {
    List<List<Double>> centroids = model.clusters().stream().map(ClusterModel::centroid).toList();
    return new PairSeparation(sample, features, centroids).best();
  }

  private Components components() {
    if (sample.d() < 2) {
      return null;
    }
    PrincipalComponents components = new PrincipalComponents(sample);
    List<Double> shares = new ArrayList<>();
    List<List<Double>> loadings = new ArrayList<>();
    List<Axis> axes = new ArrayList<>();
    List<List<Double>> points = new ArrayList<>();
    List<List<Double>> centroids = new ArrayList<>();
    for (int c = 0; c < 2; c++) {
      int component = c;
      shares.add(components.share(c));
      loadings.add(Arrays.stream(components.loadings(c)).boxed().toList());
      List<Double> scores =
          Arrays.stream(users)
              .mapToObj(i -> rounded(components.score(component, f -> sample.z(f, i))))
              .toList();
      centroids.add(
          IntStream.range(0, model.clusters().size())
              .mapToObj(j -> centroid(j, components, component))
              .toList());
      double[] sorted = scores.stream().mapToDouble(Double::doubleValue).sorted().toArray();
      axes.add(axis(new SmallGroups(privacy.minGroup()).trimmed(sorted), centroids.get(c)));
      ValueGrid grid = new ValueGrid(axes.get(c), sorted, privacy.minGroup());
      points.add(scores.stream().map(grid::valueToShow).map(ScatterPoints::rounded).toList());
    }
    return new Components(shares, loadings, axes, points, centroids);
  }

  /** Returns the score of a centroid on a component; null for a hidden persona. */
  private Double centroid(int persona, PrincipalComponents components, int component) {
    List<Double> z = model.clusters().get(persona).centroid();
    return hidden.isHidden(persona) ? null : (Double) rounded(components.score(component, z::get));
  }

  private static double rounded(double score) {
    return Decimals.places(score, 3);
  }

  private static Axis axis(double[] points, List<Double> centroids) {
    List<Double> coordinates = new ArrayList<>(Arrays.stream(points).boxed().toList());
    centroids.stream().filter(Objects::nonNull).forEach(coordinates::add);
    double low = coordinates.stream().mapToDouble(Double::doubleValue).min().orElse(0);
    double high = coordinates.stream().mapToDouble(Double::doubleValue).max().orElse(0);
    return Axis.linear(low, high);
  }
}
