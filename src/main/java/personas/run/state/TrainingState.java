package personas.run.state;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import personas.kmeans.LloydState;
import personas.kmeans.selection.Candidate;
import personas.kmeans.selection.KChoice;
import personas.kmeans.selection.KSelector;
import personas.model.NamedClusters;
import personas.model.train.ClusterNaming;
import personas.run.RunPlan;
import personas.spec.ClusteringSpec;

/**
 * What one pass hands to the next: small, whatever the input holds.
 *
 * @param manifestFile where the {@link Manifest} is staged
 * @param candidates that are trained side by side, by ascending k; one where k is given
 * @param choice null while it is open
 */
public record TrainingState(String manifestFile, List<Candidate> candidates, KChoice choice)
    implements Serializable {

  /** Passes for a candidate that cannot be chosen any more. */
  private static final int PASSES_FOR_THE_TABLE = 10;

  public TrainingState {
    candidates = List.copyOf(candidates);
  }

  /** The clusters of the run, with their names; of a finished iteration. */
  public NamedClusters namedClusters(RunPlan plan) throws IOException {
    return plan.isScore()
        ? plan.models().scored().clusters()
        : ClusterNaming.name(
            lloyd(), manifest().standardizer(), plan.spec(), plan.models().previous());
  }

  public Manifest manifest() throws IOException {
    return Manifest.load(manifestFile);
  }

  /** Whether there is nothing to choose, so that no candidate is measured before the last pass. */
  public boolean hasOneCandidate() {
    return candidates.size() == 1;
  }

  /** The candidate that was chosen; while that is open, the one that has iterated longest. */
  public Candidate candidate() {
    if (choice != null) {
      return candidates.get(choice.index());
    }
    Candidate longest = candidates.get(0);
    for (Candidate each : candidates) {
      longest = each.lloyd().iterations() > longest.lloyd().iterations() ? each : longest;
    }
    return longest;
  }

  public LloydState lloyd() {
    return candidate().lloyd();
  }

  /**
   * Passes that a candidate may take: all that are allowed, but few where the sample rules it out.
   * The smallest may always end, because it stands in where no other will do. So may a candidate
   * that was chosen, and each one if the run keeps its candidates.
   */
  public int maxIterationsOf(int index, ClusteringSpec clustering) {
    boolean ruledOut =
        choice == null
            && !clustering.keepsCandidates()
            && index > 0
            && candidates.get(index).findings().ruleOut();
    return ruledOut
        ? Math.min(PASSES_FOR_THE_TABLE, clustering.maxIterations())
        : clustering.maxIterations();
  }

  /** Returns how far the state is: each pass that changes the state adds at least one step. */
  public long steps() {
    long steps = 0;
    for (Candidate each : candidates) {
      LloydState lloyd = each.lloyd();
      steps += lloyd.iterations() + (lloyd.spread() == null ? 0 : 1) + (each.isMeasured() ? 1 : 0);
    }
    // A choice may open the iteration of its candidate again, which takes two steps back.
    return choice == null ? steps : steps + 3;
  }

  /** Whether no further pass is wanted. */
  public boolean isDone() {
    return choice != null && lloyd().isDone();
  }

  /**
   * The state with its candidates moved on, and the choice made as soon as all are measured. If the
   * chosen candidate had few passes because the sample ruled it out, its iteration goes on.
   */
  public TrainingState with(List<Candidate> next, ClusteringSpec clustering) {
    if (choice != null || !next.stream().allMatch(Candidate::isMeasured)) {
      return new TrainingState(manifestFile, next, choice);
    }
    KChoice made = KSelector.choose(next, clustering.minSegmentShare());
    List<Candidate> resumed = new ArrayList<>(next);
    resumed.set(made.index(), next.get(made.index()).resumed(clustering.maxIterations()));
    return new TrainingState(manifestFile, resumed, made);
  }

  /** Where no further pass is possible: the choice is made of what is known. */
  public TrainingState stopped(ClusteringSpec clustering) {
    List<Candidate> ended = candidates.stream().map(Candidate::ended).toList();
    return new TrainingState(
        manifestFile,
        ended,
        choice != null ? choice : KSelector.choose(ended, clustering.minSegmentShare()));
  }
}
