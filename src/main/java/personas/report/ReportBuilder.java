package personas.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ForkJoinTask;
import java.util.stream.IntStream;
import personas.feature.CategoryLevel;
import personas.feature.FeatureType;
import personas.feature.Transform;
import personas.kmeans.ConvergenceStatus;
import personas.model.Model;
import personas.model.Model.ClusterModel;
import personas.model.Model.FeatureModel;
import personas.model.Outliers;
import personas.model.TrainingContext.FeatureHandover;
import personas.report.data.Axis;
import personas.report.data.Decimals;
import personas.report.data.KComparison;
import personas.report.data.ReportData;
import personas.report.data.ReportData.AtypicalPersona;
import personas.report.data.ReportData.AtypicalUsers;
import personas.report.data.ReportData.Convergence;
import personas.report.data.ReportData.Distribution;
import personas.report.data.ReportData.Example;
import personas.report.data.ReportData.Feature;
import personas.report.data.ReportData.Imputed;
import personas.report.data.ReportData.Ledger;
import personas.report.data.ReportData.Pass;
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
import personas.report.privacy.ValueGrid;
import personas.report.render.ReportJson;
import personas.report.section.DecisionAdvice;
import personas.report.section.FeatureImportance;
import personas.report.section.FeatureLabel;
import personas.report.section.FeatureWarnings;
import personas.report.section.Glossary;
import personas.report.section.Histogram;
import personas.report.section.PersonaCards;
import personas.report.section.ScatterPoints;
import personas.report.section.SegmentRules;
import personas.report.section.Warnings;
import personas.report.statistic.ClusterSeparation;
import personas.report.statistic.SampleSilhouette;
import personas.report.statistic.SampleStatistics;

/** Computes a report: the same input gives the same report, bit for bit. */
public final class ReportBuilder {
  /** Up to so many different values of a feature, the marks of its users lie on each other. */
  private static final int DISCRETE = 12;

  private final ReportInput input;
  private final Model model;
  private final ReportSample sample;
  private final ReportMask mask;
  private final SmallGroups small;
  private final int d;
  private final int k;

  private ReportBuilder(ReportInput input) {
    this.input = input;
    this.model = input.model();
    this.sample = input.sample();
    this.mask = new ReportMask(model, input.privacy());
    this.small = new SmallGroups(input.privacy().minGroup());
    this.d = model.features().size();
    this.k = model.clusters().size();
  }

  /** The report of a finished run. */
  public static ReportData build(ReportInput input) {
    return new ReportBuilder(input).build();
  }

  private ReportData build() {
    List<Feature> features =
        IntStream.range(0, d).mapToObj(f -> mask.feature(f, feature(f))).toList();
    ScatterPoints points = new ScatterPoints(input, features, mask.hidden());
    // Beside what is said of the personas.
    ForkJoinTask<Scatter> scatter = ForkJoinTask.adapt(points::scatter).fork();
    ForkJoinTask<List<Distribution>> distributions =
        ForkJoinTask.adapt(() -> distributions(features)).fork();
    SampleSilhouette silhouette = new SampleSilhouette(sample, k);
    ClusterSeparation separation =
        new ClusterSeparation(
            sample, model.clusters().stream().map(ClusterModel::centroid).toList());
    List<Persona> cards =
        new PersonaCards(input, features, silhouette, separation, mask.hidden()).build();
    List<Persona> personas =
        IntStream.range(0, k).mapToObj(j -> mask.persona(j, cards.get(j))).toList();
    ReportInput shown = mask.input(input);
    Run run = run(silhouette);
    List<Warning> warnings =
        mask.warnings(
            Warnings.of(
                mask,
                FeatureWarnings.of(sample, features, k, input.privacy()),
                personas,
                separation,
                run.silhouette()));
    return new ReportData(
        ReportJson.FORMAT,
        model.program(),
        run,
        mask.ledger(ledger()),
        sampleNote(points.size()),
        features,
        personas,
        FeatureImportance.of(model, sample, features, silhouette.mean()),
        mask.rules(SegmentRules.of(input, features)),
        distributions.join(),
        scatter.join(),
        convergence(),
        mask.choice(KComparison.of(model)),
        shown.drift(),
        mask.stickiness(model.stickiness()),
        shown.described().isEmpty() ? null : shown.described(),
        atypical(),
        mask.note(),
        DecisionAdvice.of(shown, run, personas, warnings),
        warnings,
        Glossary.all(!input.described().isEmpty(), input.drift() != null));
  }

  /** Null if the model does not say which users are outliers. */
  private AtypicalUsers atypical() {
    Outliers outliers = model.outliers();
    if (outliers == null) {
      return null;
    }
    String rule =
        String.format(
            Locale.ROOT,
            "A user is atypical of a persona if the distance to its centroid is above the edge of"
                + " the persona. The edge is the smallest bucket edge of an exact histogram of"
                + " distances below which at least %.1f%% of the persona's users lie; a persona of"
                + " fewer than %,d users has no atypical users.",
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

  private Feature feature(int f) {
    FeatureModel feature = model.features().get(f);
    double[] sorted = sample.sorted(f);
    double mean = 0;
    double explained = 0;
    long users = model.clusters().stream().mapToLong(ClusterModel::users).sum();
    long present = model.clusters().stream().mapToLong(cluster -> cluster.present(f)).sum();
    for (ClusterModel cluster : model.clusters()) {
      if (cluster.users() > 0) {
        double share =
            present == users ? cluster.share() : cluster.present(f) / (double) Math.max(1, present);
        mean += share * cluster.rawMean().get(f);
        mean = Math.max(-Double.MAX_VALUE, Math.min(Double.MAX_VALUE, mean));
        double z = feature.inDeviations(cluster.centroid().get(f));
        explained += cluster.share() * z * z;
      }
    }
    double[] inner = small.trimmed(sorted);
    double otherwise = input.privacy().isOff() ? mean : 0;
    double low = inner.length == 0 ? otherwise : inner[0];
    double high = inner.length == 0 ? otherwise : inner[inner.length - 1];
    Axis linear = Axis.linear(low, high);
    int values = differentValues(sorted);
    // A logarithm of two values shows nothing that the values do not show.
    Axis log =
        low < 0 || high <= 0 || values <= 2
            ? null
            : logarithmic(low, high, leastAboveZero(inner, high));
    log = log == null || !log.hasWideRange() ? null : log;
    Double median = SampleStatistics.median(inner.length == 0 ? inner : sorted);
    boolean isSkewed = isSkewed(feature, linear, log, median);
    return new Feature(
        feature.name(),
        label(f),
        feature.transform().name().toLowerCase(Locale.ROOT),
        feature.deviation() == 0,
        users == 0 ? 0 : 1 - present / (double) users,
        mean,
        new ValueGrid(isSkewed ? log : linear, sorted, input.privacy().minGroup()).shown(median),
        SampleStatistics.sigma(inner.length == 0 ? inner : sorted),
        Math.min(1, explained),
        linear,
        log,
        isSkewed,
        values <= DISCRETE,
        level(f),
        model.handoverOf(f).wordsOrNone().unit());
  }

  /** The ends are the values of users, unless they are rounded. */
  private Axis logarithmic(double low, double high, double least) {
    return input.privacy().isOff()
        ? Axis.log(low, high, least)
        : Axis.log(Decimals.below(low), Decimals.above(high), least);
  }

  private String label(int f) {
    FeatureHandover handover = model.handoverOf(f);
    CategoryLevel level = handover.level();
    String column = level == null ? model.features().get(f).name() : level.column();
    String label = handover.wordsOrNone().label();
    String shown = (label == null ? FeatureLabel.of(column) : FeatureLabel.declared(label)).label();
    return level == null ? shown : shown + ": " + level.level();
  }

  /** What the users with a 1 have; null if the values are numbers. */
  private String level(int f) {
    FeatureHandover handover = model.handoverOf(f);
    if (handover.level() != null) {
      return handover.level().level();
    }
    return handover.type() == FeatureType.BOOLEAN ? "yes" : null;
  }

  private static int differentValues(double[] sorted) {
    int different = 0;
    for (int i = 0; i < sorted.length; i++) {
      different += i == 0 || sorted[i] != sorted[i - 1] ? 1 : 0;
    }
    return different;
  }

  private static double leastAboveZero(double[] sorted, double otherwise) {
    for (double value : sorted) {
      if (value > 0) {
        return value;
      }
    }
    return otherwise;
  }

  /** Half of the users in a tenth of the linear axis, or clustered by logarithm. */
  private static boolean isSkewed(FeatureModel feature, Axis linear, Axis log, Double median) {
    return log != null
        && (feature.transform() == Transform.LOG1P
            || (median != null && linear.position(median) < 0.1));
  }

  private Run run(SampleSilhouette silhouette) {
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
        model.metrics() != null ? model.metrics().silhouette() : silhouette.mean(),
        model.seed());
  }

  /** The variance of a user's coordinates: 1 for each feature that varies and has no weight. */
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
        ? "The centroids have stopped moving: running longer would give the same personas."
        : "The limit of iterations came first and centroids still moved: the personas may shift"
            + " when the run goes on. Allow more iterations.";
  }

  private String convergenceSentence(List<Pass> passes) {
    if (model.status() != ConvergenceStatus.CONVERGED) {
      return String.format(
          Locale.ROOT,
          "The run stopped at its limit of %,d iterations while centroids still moved: the personas"
              + " may shift if the run goes on. Allow more iterations.",
          model.iterations());
    }
    Long moved = passes.isEmpty() ? null : passes.get(passes.size() - 1).changed();
    if (passes.size() > 1 && moved == null) {
      return String.format(
          Locale.ROOT, "The centroids stopped moving after %,d iterations.", model.iterations());
    }
    if (passes.size() < 2) {
      return "The start, found on a sample, was already right: one pass over all users confirmed it.";
    }
    return String.format(
        Locale.ROOT,
        "The centroids stopped moving after %,d iterations: in the last pass over all users, %,d of"
            + " %,d users changed their persona.",
        model.iterations(),
        moved,
        model.ledger().users());
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
        input.rejected().stream()
            .map(r -> new Example(r.reason().code(), r.field(), r.excerpt()))
            .toList());
  }

  private Sample sampleNote(int points) {
    String figures =
        sample.isWhole()
            ? "Every figure is computed from all users."
            : String.format(
                Locale.ROOT,
                "Users, shares, means, centroids, explained variance, inertia and the silhouette of"
                    + " all are exact. Medians, separation, distributions, rules and what is said"
                    + " of each persona's silhouette and stability come from an even sample of %,d of"
                    + " the %,d users.",
                sample.size(),
                model.ledger().users());
    String pictures =
        points == sample.size() && sample.isWhole()
            ? ""
            : String.format(Locale.ROOT, " Scatter plots show %,d users, evenly chosen.", points);
    String held =
        model.stickiness() == null || model.stickiness().heldUsers() == 0
            ? ""
            : " Figures of the sample and the silhouette count each user in the persona of the"
                + " nearest centroid, also a user who is held in the previous persona.";
    return new Sample(sample.size(), sample.isWhole(), points, figures + held + pictures);
  }

  private List<Distribution> distributions(List<Feature> features) {
    return IntStream.range(0, d)
        .mapToObj(
            f -> {
              Feature feature = features.get(f);
              Axis axis = feature.skewed() ? feature.log() : feature.linear();
              return Histogram.of(sample, f, axis, k, small);
            })
        .toList();
  }

  private Convergence convergence() {
    List<Pass> passes =
        model.history().stream()
            .map(
                p ->
                    mask.pass(
                        new Pass(p.iteration(), p.inertia(), p.largestShift(), p.changedUsers())))
            .toList();
    double[] inertia = passes.stream().mapToDouble(Pass::inertia).sorted().toArray();
    double[] shift = passes.stream().mapToDouble(Pass::largestShift).sorted().toArray();
    double changed =
        passes.stream().mapToDouble(p -> p.changed() == null ? 0 : p.changed()).max().orElse(0);
    double largest = shift.length == 0 ? 0 : shift[shift.length - 1];
    return new Convergence(
        passes,
        passes.isEmpty() ? Axis.linear(0, 1) : Axis.linear(inertia[0], inertia[inertia.length - 1]),
        largest == 0 ? Axis.linear(0, 1) : Axis.log(0, largest, leastAboveZero(shift, largest)),
        Axis.linear(0, Math.max(1, changed)),
        convergenceSentence(passes));
  }
}
