package personas.model.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import personas.feature.Feature;
import personas.feature.LevelFeature;
import personas.feature.Transform;
import personas.feature.ValueLimits;
import personas.feature.moments.Standardizer;
import personas.kmeans.ConvergenceStatus;
import personas.kmeans.IterationRecord;
import personas.kmeans.LloydState;
import personas.model.Model;
import personas.model.Model.ClusterModel;
import personas.spec.SegmentationSpec;
import personas.table.ledger.RejectReason;
import personas.table.ledger.SourceLedger;
import personas.text.ShortestDecimal;

/** Collects the warnings of a model. Each warning is one message for people. */
final class ModelWarnings {
  /** If a larger share of the records repeats an id, the rows are probably events, not users. */
  private static final double EVENTS_SHARE = 0.2;

  private final SegmentationSpec spec;
  private final Standardizer standardizer;
  private final List<String> warnings = new ArrayList<>();

  ModelWarnings(SegmentationSpec spec, Standardizer standardizer) {
    this.spec = spec;
    this.standardizer = standardizer;
  }

  /** Returns the warnings in the order in which they were added. */
  List<String> list() {
    return List.copyOf(warnings);
  }

  void add(String warning) {
    warnings.add(warning);
  }

  /** Warns if the data has fewer distinct vectors than the requested number of clusters. */
  void addReducedK(int requested, int k) {
    if (k < requested) {
      add(
          String.format(
              Locale.ROOT,
              "k is reduced from %d to %d: the data has only %d distinct feature vectors",
              requested,
              k,
              k));
    }
  }

  /**
   * Adds warnings that name the features that are constant, clustered by logarithm, or capped at
   * limits.
   */
  void addFeatureWarnings() {
    addNames(
        "columns with a constant value, which have no influence: ",
        f -> standardizer.isConstant(f) && !isGeneratedLevel(spec.features().get(f)));
    addNames(
        Model.NOTE_OF_LOGARITHMS,
        f ->
            spec.features().get(f).transform() == Transform.AUTO
                && standardizer.schema().features().get(f).transform() == Transform.LOG1P);
    String cappedFeatures =
        IntStream.range(0, spec.features().size())
            .filter(f -> standardizer.limits(f) != null)
            .mapToObj(this::describeLimits)
            .collect(Collectors.joining(", "));
    if (!cappedFeatures.isEmpty()) {
      add(Model.NOTE_OF_LIMITS + cappedFeatures);
    }
  }

  private void addNames(String note, IntPredicate applies) {
    String names =
        IntStream.range(0, spec.features().size())
            .filter(applies)
            .mapToObj(f -> spec.features().get(f).name())
            .collect(Collectors.joining(", "));
    if (!names.isEmpty()) {
      add(note + names);
    }
  }

  /**
   * Returns whether a feature is the level of all other values or of missing values. The program
   * adds these levels, so it does not warn if no user has them.
   */
  private static boolean isGeneratedLevel(Feature feature) {
    return feature instanceof LevelFeature indicator
        && (indicator.level().isOfOthers() || indicator.level().isOfMissing());
  }

  /** Returns a text such as {@code visits (99 users above 120)}. */
  private String describeLimits(int f) {
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

  /**
   * Warns of a training that did not converge, of clusters without users and of personas that no
   * cluster fits.
   *
   * @param unmatched the reason for each persona that no cluster fits
   */
  void addClusterWarnings(
      LloydState lloyd, List<ClusterModel> clusters, Map<String, String> unmatched) {
    if (lloyd.status() == ConvergenceStatus.MAX_ITERATIONS) {
      add(
          String.format(
              Locale.ROOT,
              "not converged after %d iterations: the centroids still moved; raise clustering.maxIterations",
              lloyd.iterations()));
    }
    int reseeded = lloyd.history().stream().mapToInt(IterationRecord::reseeded).sum();
    if (reseeded > 0) {
      add(Model.NOTE_OF_RESEEDING + reseeded);
    }
    for (ClusterModel cluster : clusters) {
      if (cluster.users() == 0) {
        add(Model.noUser(cluster.id(), cluster.persona()));
      }
    }
    unmatched.forEach((name, why) -> add(name + " does not match a cluster: " + why));
  }

  /** Warns of repeated ids, and of rows that are probably events. */
  void addRecordWarnings(SourceLedger ledger) {
    if (ledger.repeatedIds() > 0) {
      add(
          String.format(
              Locale.ROOT,
              "repeated user ids: %,d records have the user id of an earlier record",
              ledger.repeatedIds()));
    }
    long ids = ledger.accepted() - ledger.repeatedIds();
    // The spec decides whether records with a repeated id are assigned or rejected.
    long records =
        ledger.accepted() + ledger.rejected().getOrDefault(RejectReason.DUPLICATE_ID, 0L);
    if (records - ids > EVENTS_SHARE * records) {
      add(
          String.format(
              Locale.ROOT,
              "%,d records have only %,d user ids: rows may be events instead of users;"
                  + " input.aggregate turns events into users",
              records,
              ids));
    }
  }
}
