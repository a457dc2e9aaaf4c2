package personas.model.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
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

/** Puts the model of a finished run together. */
public final class ModelBuilder {
  private final SegmentationSpec spec;
  private final Standardizer standardizer;
  private List<RejectedColumn> rejectedColumns = List.of();
  private StickinessPrice stickiness;
  private Receipt receipt;
  private SegmentTree tree;
  private TakenCandidate taken;
  private ClusterMetrics metrics;
  private Model previous;

  public ModelBuilder(SegmentationSpec spec, Standardizer standardizer) {
    this.spec = spec;
    this.standardizer = standardizer;
  }

  /** Tells of the rejected records by reason and column; returns this builder. */
  public ModelBuilder withRejections(List<RejectedColumn> columns) {
    rejectedColumns = List.copyOf(columns);
    return this;
  }

  /** Tells what it costs that users are held; null if none is. Returns this builder. */
  public ModelBuilder withStickiness(StickinessPrice price) {
    stickiness = price;
    return this;
  }

  /** Tells what the run was made from; returns this builder. */
  public ModelBuilder withReceipt(Receipt madeFrom) {
    receipt = madeFrom;
    return this;
  }

  /** Tells how segments split and merge from k to k; null if k was given. Returns this builder. */
  public ModelBuilder withTree(SegmentTree ofCandidates) {
    tree = ofCandidates;
    return this;
  }

  /** Tells that a person took the candidate; null if the run chose it. Returns this builder. */
  public ModelBuilder withTaken(TakenCandidate candidate) {
    taken = candidate;
    return this;
  }

  /** Tells how apart the clusters are; null if no pass measured it. Returns this builder. */
  public ModelBuilder withMetrics(ClusterMetrics ofClusters) {
    metrics = ofClusters;
    return this;
  }

  /** Tells which model the run started from; null if there is none. Returns this builder. */
  public ModelBuilder withPrevious(Model model) {
    previous = model;
    return this;
  }

  /**
   * Returns the model.
   *
   * @param trained the clusterings that were trained, and the chosen one
   * @param segments the clusters of the chosen one in canonical order
   * @param totals of the final assignment, in canonical order
   * @param counts of the raw values of all users
   * @param ledger of all sources
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
        taken != null
            ? taken.selection(chosen, personas, tree)
            : new KSelectionBuilder(personas, tree).of(spec.clustering(), trained, metrics),
        stickiness,
        outliers(ended.spread(), personas, totals),
        context(counts, segments.ids()),
        receipt);
  }

  private static void checkLedger(ClusterTotals totals, SourceLedger ledger) {
    if (totals.users() != ledger.users()) {
      throw new IllegalStateException(
          String.format(
              Locale.ROOT,
              "the ledger does not close: read %d, accepted %d for %d users, assigned %d, rejected %d",
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
        Math.max(ClusterIds.firstFree(previous), ids.get(ids.size() - 1) + 1),
        ClusterIds.retired(previous, ids));
  }

  private List<String> warnings(
      LloydState ended,
      MatchedPersonas personas,
      List<ClusterModel> clusters,
      SourceLedger ledger,
      KChoice choice) {
    ModelWarnings all = new ModelWarnings(spec, standardizer);
    all.addReducedK(requestedK(clusters.size()), clusters.size());
    all.addOfFeatures();
    all.addOfClusters(ended, clusters, personas.unmatched());
    all.addOfRecords(ledger);
    if (!choice.clear()) {
      all.add(choice.reason());
    }
    return all.list();
  }

  /** The edges of the outliers in the order of the clusters; null if they are not known. */
  private static Outliers outliers(
      ClusterSpread spread, MatchedPersonas personas, ClusterTotals totals) {
    return spread == null
        ? null
        : new Outliers(
            ClusterSpread.TYPICAL_SHARE,
            personas.tags().stream().map(tag -> spread.outlierEdge(tag.cluster())).toList(),
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
      int place = j;
      ClusterPersona tag = segments.personas().tags().get(j);
      clusters.add(
          new ClusterModel(
              segments.ids().get(place),
              tag.persona(),
              tag.declared(),
              tag.strategy(),
              tag.fit(),
              tag.standsOut(),
              totals.users(place),
              (double) totals.users(place) / totals.users(),
              Arrays.stream(centroids.toRows()[place]).boxed().toList(),
              IntStream.range(0, centroids.d()).mapToObj(f -> totals.rawMean(place, f)).toList(),
              totals.hasMissing()
                  ? IntStream.range(0, centroids.d())
                      .mapToObj(f -> totals.missing(place, f))
                      .toList()
                  : null,
              tag.renamedFrom()));
    }
    return clusters;
  }

  /** The passes, with the users of each in canonical order. */
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
                    personas.tags().stream().map(tag -> pass.users().get(tag.cluster())).toList()))
        .toList();
  }
}
