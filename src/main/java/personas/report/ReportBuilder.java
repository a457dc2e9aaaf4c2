package personas.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ForkJoinTask;
import java.util.stream.IntStream;
import personas.kmeans.ConvergenceStatus;
import personas.kmeans.metric.ClusterMetrics;
import personas.model.Model;
import personas.model.Model.ClusterModel;
import personas.model.Model.FeatureModel;
import personas.model.Outliers;
import personas.report.data.Axis;
import personas.report.data.KComparison;
import personas.report.data.ReportData;
import personas.report.data.ReportData.AtypicalPersona;
import personas.report.data.ReportData.AtypicalUsers;
import personas.report.data.ReportData.Distribution;
import personas.report.data.ReportData.Example;
import personas.report.data.ReportData.Feature;
import personas.report.data.ReportData.Imputed;
import personas.report.data.ReportData.Ledger;
import personas.report.data.ReportData.Persona;
import personas.report.data.ReportData.Reason;
import personas.report.data.ReportData.Run;
import personas.report.data.ReportData.Sample;
import personas.report.data.ReportData.Scatter;
import personas.report.data.ReportData.Warning;
import personas.report.data.ReportInput;
import personas.report.data.ReportSample;
import personas.report.privacy.ReportMask;
import personas.report.privacy.SmallGroups;
import personas.report.render.ReportJson;
import personas.report.section.DecisionAdvice;
import personas.report.section.FeatureImportance;
import personas.report.section.FeatureWarnings;
import personas.report.section.Glossary;
import personas.report.section.Histogram;
import personas.report.section.PersonaCards;
import personas.report.section.ReportSections;
import personas.report.section.ScatterPoints;
import personas.report.section.SectionInput;
import personas.report.section.SegmentRules;
import personas.report.section.Warnings;
import personas.report.statistic.ClusterSeparation;
import personas.report.statistic.SampleSilhouette;

/** Computes a report. The same input gives the same report, bit for bit. */
public final class ReportBuilder {
  private final ReportInput input;
  private final Model model;
  private final ReportSample sample;
  private final ReportMask mask;
  private final SmallGroups smallGroups;
  private final int d;
  private final int k;
  private final List<Feature> features;
  private final SampleSilhouette silhouette;
  private final ClusterSeparation separation;

  private ReportBuilder(ReportInput input) {
    this.input = input;
    this.model = input.model();
    this.sample = input.sample();
    this.mask = new ReportMask(model, input.privacy());
    this.smallGroups = new SmallGroups(input.privacy().minGroup());
    this.d = model.features().size();
    this.k = model.clusters().size();
    this.features = features();
    this.silhouette = new SampleSilhouette(sample, k);
    this.separation = separation();
  }

  /** Returns the report of a finished run. */
  public static ReportData build(ReportInput input) {
    return new ReportBuilder(input).build();
  }

  private ReportData build() {
    ScatterPoints points = new ScatterPoints(input, features, mask.hidden());
    // The two tasks run in parallel with the computation of the personas.
    var scatter = ForkJoinTask.adapt(points::scatter).fork();
    var distributions = ForkJoinTask.adapt(this::distributions).fork();
    return data(personas(), points.size(), distributions, scatter);
  }

  private ReportData data(
      List<Persona> personas,
      int shownUsers,
      ForkJoinTask<List<Distribution>> distributions,
      ForkJoinTask<Scatter> scatter) {
    ReportInput maskedInput = mask.input(input);
    Run run = run();
    List<Warning> warnings = warnings(personas, run);
    return new ReportData(
        ReportJson.FORMAT,
        model.program(),
        run,
        mask.ledger(ledger()),
        sampleNote(shownUsers),
        features,
        personas,
        FeatureImportance.of(model, sample, features, silhouette.mean()),
        mask.rules(SegmentRules.of(input, features)),
        distributions.join(),
        scatter.join(),
        ConvergenceFigures.of(model, mask),
        mask.choice(KComparison.of(model)),
        maskedInput.context().drift(),
        mask.stickiness(model.stickiness()),
        maskedInput.context().described().isEmpty() ? null : maskedInput.context().described(),
        atypical(),
        mask.note(),
        DecisionAdvice.of(maskedInput, run, personas, warnings),
        warnings,
        Glossary.definitions(
            !input.context().described().isEmpty(), input.context().drift() != null),
        ReportSections.data(new SectionInput(input, features, personas, mask)));
  }

  private List<Feature> features() {
    FeatureFigures figures = new FeatureFigures(input, smallGroups);
    return IntStream.range(0, d).mapToObj(f -> mask.feature(f, figures.of(f))).toList();
  }

  private ClusterSeparation separation() {
    return new ClusterSeparation(
        sample, model.clusters().stream().map(ClusterModel::centroid).toList());
  }

  private List<Persona> personas() {
    List<Persona> cards =
        new PersonaCards(input, features, silhouette, separation, mask.hidden()).build();
    return IntStream.range(0, k).mapToObj(j -> mask.persona(j, cards.get(j))).toList();
  }

  private List<Warning> warnings(List<Persona> personas, Run run) {
    List<Warning> featureWarnings = FeatureWarnings.of(sample, features, k, input.privacy());
    return mask.warnings(
        Warnings.of(mask, featureWarnings, personas, separation, run.silhouette()));
  }

  /** Returns the atypical users; null if the model does not say which users are outliers. */
  private AtypicalUsers atypical() {
    Outliers outliers = model.outliers();
    if (outliers == null) {
      return null;
    }
    String rule =
        String.format(
            Locale.ROOT,
            "A user is atypical if the distance to the centroid is above a limit, the edge of the"
                + " persona. At least %.1f%% of the users of a persona lie within the edge. A"
                + " persona of fewer than %,d users has no atypical users.",
            100 * outliers.share(),
            Math.round(1 / (1 - outliers.share())));
    return new AtypicalUsers(
        rule,
        IntStream.range(0, k)
            .mapToObj(
                j ->
                    mask.atypical(
                        j,
                        new AtypicalPersona(
                            outliers.edges().get(j),
                            outliers.users().get(j),
                            outliers.users().get(j)
                                / (double) Math.max(1, model.clusters().get(j).users()))))
            .toList());
  }

  private Run run() {
    long users = model.ledger().users();
    double total = users * totalVariance();
    return new Run(
        model.spec().name(),
        model.spec().description() == null ? "" : model.spec().description(),
        model.spec().digest(),
        input.dataDate(),
        users,
        model.status().name(),
        statusMeaning(),
        model.iterations(),
        model.inertia(),
        total == 0 ? null : Math.max(0, 1 - model.inertia() / total),
        model.metrics() != null
            ? model.metrics().value(ClusterMetrics.SILHOUETTE)
            : silhouette.mean(),
        model.seed());
  }

  /**
   * Returns the sum of the variances of all features in standardized units. A feature with weight 1
   * that is not constant adds 1.
   */
  private double totalVariance() {
    double total = 0;
    for (FeatureModel feature : model.features()) {
      double z = feature.deviation() == 0 ? 0 : feature.deviation() / feature.unit();
      total += z * z;
    }
    return total;
  }

  private String statusMeaning() {
    return model.status() == ConvergenceStatus.CONVERGED
        ? "More iterations would give the same personas."
        : "The run reached its limit of iterations while centroids still moved, so the personas may"
            + " still shift. Allow more iterations.";
  }

  private Ledger ledger() {
    Model.Ledger ledger = model.ledger();
    List<Imputed> imputed = new ArrayList<>();
    for (int f = 0; f < d; f++) {
      FeatureModel feature = model.features().get(f);
      Long values = ledger.imputed().get(feature.name());
      if (values != null) {
        imputed.add(new Imputed(f, values, feature.imputedValue()));
      }
    }
    return new Ledger(
        ledger.read(),
        ledger.assigned(),
        ledger.rejectedTotal(),
        ledger.rejected().entrySet().stream()
            .map(entry -> new Reason(entry.getKey(), entry.getValue()))
            .toList(),
        imputed,
        input.context().rejected().stream()
            .map(
                example -> new Example(example.reason().code(), example.field(), example.excerpt()))
            .toList());
  }

  private Sample sampleNote(int points) {
    String figures =
        sample.isWhole()
            ? "Every figure is computed from all users."
            : String.format(
                Locale.ROOT,
                "Counts, shares, means, centroids, explained variance, inertia and the overall silhouette"
                    + " are exact. Medians, separation, distributions, rules, and the silhouette and stability"
                    + " of each persona come from an even sample of %,d of the %,d users.",
                sample.size(),
                model.ledger().users());
    String pictures =
        points == sample.size() && sample.isWhole()
            ? ""
            : String.format(Locale.ROOT, " Scatter plots show %,d users, evenly chosen.", points);
    String heldUsers =
        model.stickiness() == null || model.stickiness().heldUsers() == 0
            ? ""
            : " In figures of the sample and in the silhouette, a user who is held in the previous"
                + " persona counts in the persona of the nearest centroid.";
    return new Sample(sample.size(), sample.isWhole(), points, figures + heldUsers + pictures);
  }

  private List<Distribution> distributions() {
    return IntStream.range(0, d)
        .mapToObj(
            f -> {
              Feature feature = features.get(f);
              Axis axis = feature.skewed() ? feature.log() : feature.linear();
              return Histogram.of(sample, f, axis, k, smallGroups);
            })
        .toList();
  }
}
