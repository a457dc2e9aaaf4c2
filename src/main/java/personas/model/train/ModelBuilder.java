package personas.model.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import personas.feature.CategoryLevel;
import personas.feature.Feature;
import personas.feature.Transform;
import personas.feature.ValueLimits;
import personas.feature.moments.FeatureHistogram;
import personas.feature.moments.Standardizer;
import personas.kmeans.Centroids;
import personas.kmeans.ClusterSpread;
import personas.kmeans.ClusterTotals;
import personas.kmeans.ConvergenceStatus;
import personas.kmeans.IterationRecord;
import personas.kmeans.LloydState;
import personas.kmeans.metric.ClusterMetrics;
import personas.kmeans.selection.Candidate;
import personas.kmeans.selection.KChoice;
import personas.kmeans.selection.SegmentTree;
import personas.model.Model;
import personas.model.Model.ClusterModel;
import personas.model.Model.FeatureModel;
import personas.model.Model.SpecReference;
import personas.model.ModelJson;
import personas.model.Outliers;
import personas.model.ProgramName;
import personas.model.Receipt;
import personas.model.StickinessPrice;
import personas.model.TrainingContext;
import personas.model.table.LedgerCounts;
import personas.persona.ClusterPersona;
import personas.persona.MatchedPersonas;
import personas.spec.SegmentationSpec;
import personas.table.ledger.RejectReason;
import personas.table.ledger.RejectedColumn;
import personas.table.ledger.SourceLedger;
import personas.text.ShortestDecimal;

/** Puts the model of a finished run together. */
public final class ModelBuilder {
  /** The share of repeated ids from which on the rows are rather events than users. */
  private static final double EVENTS_SHARE = 0.2;

  private final SegmentationSpec spec;
  private final Standardizer standardizer;
  private final List<String> warnings = new ArrayList<>();
  private List<RejectedColumn> rejectedColumns = List.of();
  private StickinessPrice stickiness;
  private Receipt receipt;
  private SegmentTree tree;
  private TakenCandidate taken;

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

  /**
   * The model.
   *
   * @param candidates the clusterings that were trained
   * @param choice the one that the model is of
   * @param centroids in canonical order, standardised
   * @param personas their tags, and the order
   * @param totals of the final assignment, in canonical order
   * @param metrics of the clusters; null where no pass was left to measure them
   * @param ids of the clusters, likewise
   * @param counts of the raw values of all users
   * @param previous the model that the run went on from; null where there is none
   * @param ledger of all sources
   * @throws IllegalStateException where the users that were assigned are not those that were read
   */
  public Model build(
      List<Candidate> candidates,
      KChoice choice,
      Centroids centroids,
      MatchedPersonas personas,
      ClusterTotals totals,
      ClusterMetrics metrics,
      List<Integer> ids,
      FeatureHistogram counts,
      Model previous,
      SourceLedger ledger) {
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
    List<FeatureModel> features = features();
    List<ClusterModel> clusters = clusters(centroids, personas, totals, ids);
    Candidate chosen = candidates.get(choice.index()).ended();
    LloydState ended = chosen.lloyd();
    warn(ended, personas, clusters);
    if (ledger.repeatedIds() > 0) {
      warnings.add("records with the user id of an earlier one: " + ledger.repeatedIds());
    }
    warnOfEvents(ledger);
    if (!choice.clear()) {
      warnings.add(choice.reason());
    }
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
        features,
        clusters,
        personas.unmatched(),
        history(ended, personas),
        List.copyOf(warnings),
        metrics,
        taken != null
            ? taken.selection(chosen, personas, tree)
            : KSelectionBuilder.of(spec.clustering(), candidates, choice, metrics, personas, tree),
        stickiness,
        outliers(ended.spread(), personas, totals),
        TrainingContext.of(
            spec,
            counts,
            Math.max(ClusterIds.firstFree(previous), ids.get(ids.size() - 1) + 1),
            ClusterIds.retired(previous, ids)),
        receipt);
  }

  /** Repeated ids were assigned or rejected, as the spec says. */
  private void warnOfEvents(SourceLedger ledger) {
    long ids = ledger.accepted() - ledger.repeatedIds();
    long records =
        ledger.accepted() + ledger.rejected().getOrDefault(RejectReason.DUPLICATE_ID, 0L);
    if (records - ids > EVENTS_SHARE * records) {
      warnings.add(
          String.format(
              Locale.ROOT,
              "%,d records have %,d user ids: a row may be an event and not a user;"
                  + " input.aggregate makes users of events",
              records,
              ids));
    }
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
    return spec.clustering().k().isFixed() ? spec.clustering().k().least() : chosen;
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

  private static List<ClusterModel> clusters(
      Centroids centroids, MatchedPersonas personas, ClusterTotals totals, List<Integer> ids) {
    List<ClusterModel> clusters = new ArrayList<>();
    for (int j = 0; j < centroids.k(); j++) {
      int place = j;
      ClusterPersona tag = personas.tags().get(j);
      clusters.add(
          new ClusterModel(
              ids.get(place),
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

  private void warn(LloydState lloyd, MatchedPersonas personas, List<ClusterModel> clusters) {
    int requested = requestedK(clusters.size());
    if (clusters.size() < requested) {
      warnings.add(
          String.format(
              Locale.ROOT,
              "k is reduced from %d to %d: the users have only %d distinct vectors",
              requested,
              clusters.size(),
              clusters.size()));
    }
    String constant =
        IntStream.range(0, spec.features().size())
            .filter(standardizer::isConstant)
            .filter(f -> !isUnusedLevel(spec.features().get(f).level()))
            .mapToObj(f -> spec.features().get(f).name())
            .collect(Collectors.joining(", "));
    if (!constant.isEmpty()) {
      warnings.add("constant, so without influence: " + constant);
    }
    String logarithmic =
        IntStream.range(0, spec.features().size())
            .filter(f -> spec.features().get(f).transform() == Transform.AUTO)
            .filter(f -> standardizer.schema().features().get(f).transform() == Transform.LOG1P)
            .mapToObj(f -> spec.features().get(f).name())
            .collect(Collectors.joining(", "));
    if (!logarithmic.isEmpty()) {
      warnings.add(Model.NOTE_OF_LOGARITHMS + logarithmic);
    }
    String limited =
        IntStream.range(0, spec.features().size())
            .filter(f -> standardizer.limits(f) != null)
            .mapToObj(this::limited)
            .collect(Collectors.joining(", "));
    if (!limited.isEmpty()) {
      warnings.add(Model.NOTE_OF_LIMITS + limited);
    }
    if (lloyd.status() == ConvergenceStatus.MAX_ITERATIONS) {
      warnings.add(
          String.format(
              Locale.ROOT,
              "not converged after %d iterations: the centroids still moved",
              lloyd.iterations()));
    }
    int reseeded = lloyd.history().stream().mapToInt(IterationRecord::reseeded).sum();
    if (reseeded > 0) {
      warnings.add(Model.NOTE_OF_RESEEDING + reseeded);
    }
    for (ClusterModel cluster : clusters) {
      if (cluster.users() == 0) {
        warnings.add(Model.noUser(cluster.id(), cluster.persona()));
      }
    }
    personas.unmatched().forEach((name, why) -> warnings.add(name + " is not matched: " + why));
  }

  /** Nobody chose these two levels, so nobody wonders that no user has them. */
  private static boolean isUnusedLevel(CategoryLevel level) {
    return level != null && (level.isOfOthers() || level.isOfMissing());
  }

  /** As {@code visits (99 users above 120)}. */
  private String limited(int f) {
    ValueLimits limits = standardizer.limits(f);
    List<String> sides = new ArrayList<>();
    if (limits.below() > 0) {
      sides.add(limits.below() + " users below " + ShortestDecimal.of(limits.lower()));
    }
    if (limits.above() > 0) {
      sides.add(limits.above() + " users above " + ShortestDecimal.of(limits.upper()));
    }
    return spec.features().get(f).name() + " (" + String.join(", ", sides) + ")";
  }
}
