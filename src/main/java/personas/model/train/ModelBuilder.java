package personas.model.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import personas.feature.Feature;
import personas.feature.moments.FeatureHistogram;
import personas.feature.moments.Standardizer;
import personas.kmeans.Centroids;
import personas.kmeans.ClusterSpread;
import personas.kmeans.ClusterTotals;
import personas.kmeans.IterationRecord;
import personas.kmeans.LloydState;
import personas.kmeans.metric.ClusterMetrics;
import personas.kmeans.selection.Candidate;
import personas.kmeans.selection.ChosenCandidate;
import personas.kmeans.selection.KChoice;
import personas.kmeans.selection.SegmentTree;
import personas.model.KSelection;
import personas.model.Model;
import personas.model.Model.ClusterModel;
import personas.model.Model.FeatureModel;
import personas.model.Model.SpecReference;
import personas.model.ModelJson;
import personas.model.NamedClusters;
import personas.model.Outliers;
import personas.model.ProgramName;
import personas.model.Receipt;
import personas.model.StickinessPrice;
import personas.model.TrainingContext;
import personas.model.table.LedgerCounts;
import personas.persona.ClusterPersona;
import personas.persona.MatchedPersonas;
import personas.spec.SegmentationSpec;
import personas.table.ledger.RejectedColumn;
import personas.table.ledger.SourceLedger;

/** Builds the model of a finished run. */
public final class ModelBuilder {
  private final SegmentationSpec spec;
  private final Standardizer standardizer;
  private List<RejectedColumn> rejectedColumns = List.of();
  private StickinessPrice stickiness;
  private Receipt receipt;
  private SegmentTree tree;
  private Optional<TakenCandidate> takenCandidate = Optional.empty();
  private ClusterMetrics metrics;
  private Model previous;

  /** Creates a builder for a run with the given spec. */
  public ModelBuilder(SegmentationSpec spec, Standardizer standardizer) {
    this.spec = spec;
    this.standardizer = standardizer;
  }

  /** Sets the counts of rejected records by reason and column. Returns this builder. */
  public ModelBuilder withRejections(List<RejectedColumn> columns) {
    rejectedColumns = List.copyOf(columns);
    return this;
  }

  /** Sets the cost of holding users; null if the run does not hold users. Returns this builder. */
  public ModelBuilder withStickiness(StickinessPrice price) {
    stickiness = price;
    return this;
  }

  /** Sets the digests of the inputs of the run. Returns this builder. */
  public ModelBuilder withReceipt(Receipt newReceipt) {
    receipt = newReceipt;
    return this;
  }

  /**
   * Sets how segments split and merge from one k to the next; null if k was given. Returns this
   * builder.
   */
  public ModelBuilder withTree(SegmentTree newTree) {
    tree = newTree;
    return this;
  }

  /**
   * Sets the candidate that the command {@code choose} took; empty if the run chose the candidate.
   * Returns this builder.
   */
  public ModelBuilder withTakenCandidate(Optional<TakenCandidate> candidate) {
    takenCandidate = candidate;
    return this;
  }

  /** Sets the metrics of the clustering; null if they were not measured. Returns this builder. */
  public ModelBuilder withMetrics(ClusterMetrics newMetrics) {
    metrics = newMetrics;
    return this;
  }

  /** Sets the model of the previous run; null if there is none. Returns this builder. */
  public ModelBuilder withPrevious(Model model) {
    previous = model;
    return this;
  }

  /**
   * Returns the model.
   *
   * @param trained the trained clusterings, and the choice among them
   * @param segments the clusters of the chosen clustering in canonical order
   * @param totals the totals of the final assignment, in canonical order
   * @param counts the histograms of the raw values of all users
   * @param ledger the counts of the records of all sources
   * @throws IllegalStateException if the assigned users are not the users that were read
   */
  public Model build(
      ChosenCandidate trained,
      NamedClusters segments,
      ClusterTotals totals,
      FeatureHistogram counts,
      SourceLedger ledger) {
    checkLedger(totals, ledger);
    MatchedPersonas personas = segments.personas();
    List<ClusterModel> clusters = clusters(segments, totals);
    Candidate chosen = trained.candidate().ended();
    LloydState ended = chosen.lloyd();
    return new Model(
        ModelJson.FORMAT,
        ProgramName.TEXT,
        new SpecReference(spec.name(), spec.description(), spec.digest()),
        ended.status(),
        chosen.start(),
        ended.iterations(),
        totals.inertia(),
        spec.clustering().seed(),
        requestedK(chosen.k()),
        LedgerCounts.of(ledger, spec.features(), rejectedColumns),
        features(),
        clusters,
        personas.unmatched(),
        history(ended, personas),
        warnings(ended, personas, clusters, ledger, trained.choice()),
        metrics,
        selection(trained, personas),
        stickiness,
        outliers(ended.spread(), personas, totals),
        context(counts, segments.ids()),
        receipt);
  }

  private KSelection selection(ChosenCandidate trained, MatchedPersonas personas) {
    return takenCandidate
        .map(candidate -> candidate.selection(trained.candidate().ended(), personas, tree))
        .orElseGet(
            () -> new KSelectionBuilder(personas, tree).of(spec.clustering(), trained, metrics));
  }

  private static void checkLedger(ClusterTotals totals, SourceLedger ledger) {
    if (totals.users() != ledger.users()) {
      throw new IllegalStateException(
          String.format(
              Locale.ROOT,
              "the counts of records do not add up: read %d, accepted %d for %d users, assigned %d,"
                  + " rejected %d",
              ledger.read(),
              ledger.accepted(),
              ledger.users(),
              totals.users(),
              ledger.rejectedTotal()));
    }
  }

  private TrainingContext context(FeatureHistogram counts, List<Integer> ids) {
    return TrainingContext.of(
        spec,
        counts,
        Math.max(ClusterIds.firstFreeId(previous), ids.get(ids.size() - 1) + 1),
        ClusterIds.retired(previous, ids));
  }

  private List<String> warnings(
      LloydState ended,
      MatchedPersonas personas,
      List<ClusterModel> clusters,
      SourceLedger ledger,
      KChoice choice) {
    ModelWarnings warnings = new ModelWarnings(spec, standardizer);
    warnings.addReducedK(requestedK(clusters.size()), clusters.size());
    warnings.addFeatureWarnings();
    warnings.addClusterWarnings(ended, clusters, personas.unmatched());
    warnings.addRecordWarnings(ledger);
    if (!choice.isClear()) {
      warnings.add(choice.reason());
    }
    return warnings.list();
  }

  /** Returns the outliers in the order of the clusters; null if the distances are not known. */
  private static Outliers outliers(
      ClusterSpread spread, MatchedPersonas personas, ClusterTotals totals) {
    return spread == null
        ? null
        : new Outliers(
            ClusterSpread.TYPICAL_SHARE,
            personas.clusters().stream()
                .map(clusterPersona -> spread.outlierEdge(clusterPersona.cluster()))
                .toList(),
            IntStream.range(0, totals.k()).mapToObj(totals::outliers).toList());
  }

  private int requestedK(int chosen) {
    return spec.clustering().k().isFixed() ? spec.clustering().k().min() : chosen;
  }

  private List<FeatureModel> features() {
    List<Feature> declared = standardizer.schema().features();
    return IntStream.range(0, declared.size())
        .mapToObj(
            f ->
                new FeatureModel(
                    declared.get(f).name(),
                    declared.get(f).transform(),
                    declared.get(f).missing(),
                    standardizer.mean(f),
                    standardizer.deviation(f),
                    standardizer.imputedValue(f),
                    standardizer.limits(f),
                    standardizer.unit(f) == standardizer.deviation(f)
                        ? null
                        : standardizer.unit(f)))
        .toList();
  }

  private static List<ClusterModel> clusters(NamedClusters segments, ClusterTotals totals) {
    Centroids centroids = segments.centroids();
    List<ClusterModel> clusters = new ArrayList<>();
    for (int j = 0; j < centroids.k(); j++) {
      int cluster = j;
      ClusterPersona clusterPersona = segments.personas().clusters().get(j);
      clusters.add(
          new ClusterModel(
              segments.ids().get(cluster),
              clusterPersona.persona(),
              clusterPersona.name().isDeclared(),
              clusterPersona.name().strategy(),
              clusterPersona.fit(),
              clusterPersona.standsOut(),
              totals.users(cluster),
              (double) totals.users(cluster) / totals.users(),
              Arrays.stream(centroids.toRows()[cluster]).boxed().toList(),
              IntStream.range(0, centroids.d()).mapToObj(f -> totals.rawMean(cluster, f)).toList(),
              totals.hasMissing()
                  ? IntStream.range(0, centroids.d())
                      .mapToObj(f -> totals.missing(cluster, f))
                      .toList()
                  : null,
              clusterPersona.name().renamedFrom()));
    }
    return clusters;
  }

  /** Returns the records of the iterations, with users in the canonical order of the clusters. */
  private static List<IterationRecord> history(LloydState lloyd, MatchedPersonas personas) {
    return lloyd.history().stream()
        .map(
            pass ->
                new IterationRecord(
                    pass.iteration(),
                    pass.inertia(),
                    pass.largestShift(),
                    pass.changedUsers(),
                    pass.reseeded(),
                    personas.clusters().stream()
                        .map(clusterPersona -> pass.users().get(clusterPersona.cluster()))
                        .toList()))
        .toList();
  }
}
