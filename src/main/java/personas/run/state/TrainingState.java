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
 * The state of the training between two passes. The state is small for an input of any size.
 *
 * @param manifestFile the staged file of the {@link Manifest}
 * @param candidates the candidates that are trained in parallel, by ascending k; only one if k is
 *     given
 * @param choice the choice of k; null until k is chosen
 */
public record TrainingState(String manifestFile, List<Candidate> candidates, KChoice choice)
    implements Serializable {

  /**
   * The maximum number of passes of a candidate that the sample rules out. Such a candidate only
   * appears in the table of candidates.
   */
  private static final int REJECTED_CANDIDATE_PASSES = 10;

  public TrainingState {
    candidates = List.copyOf(candidates);
  }

  /** Returns the clusters of the run with their names, after the iteration has finished. */
  public NamedClusters namedClusters(RunPlan plan) throws IOException {
    return plan.isScore()
        ? plan.models().scoringModel().clusters()
        : ClusterNaming.name(
            lloyd(), manifest().standardizer(), plan.spec(), plan.models().previous());
  }

  /** Reads the manifest. */
  public Manifest manifest() throws IOException {
    return Manifest.load(manifestFile);
  }

  /** Returns whether k is given, so that no candidate is measured before the last pass. */
  public boolean hasOneCandidate() {
    return candidates.size() == 1;
  }

  /** Returns the chosen candidate; before the choice, the candidate with the most iterations. */
  public Candidate candidate() {
    if (choice != null) {
      return candidates.get(choice.index());
    }
    Candidate longest = candidates.get(0);
    for (Candidate candidate : candidates) {
      boolean isLonger = candidate.lloyd().iterations() > longest.lloyd().iterations();
      longest = isLonger ? candidate : longest;
    }
    return longest;
  }

  /** Returns the iteration of {@link #candidate}. */
  public LloydState lloyd() {
    return candidate().lloyd();
  }

  /**
   * Returns the maximum number of passes of a candidate. The number is small for a candidate that
   * the sample rules out. The full number is allowed for the smallest k, which is the fallback, for
   * a chosen candidate, and for every candidate if the run keeps its candidates.
   */
  int maxIterationsOf(int index, ClusteringSpec clustering) {
    boolean isRuledOut =
        choice == null
            && !clustering.keepsCandidates()
            && index > 0
            && candidates.get(index).findings().ruleOutSeparateGroups();
    return isRuledOut
        ? Math.min(REJECTED_CANDIDATE_PASSES, clustering.maxIterations())
        : clustering.maxIterations();
  }

  /** Returns how many steps the training has made; each pass that changes the state adds a step. */
  public long steps() {
    long steps = 0;
    for (Candidate candidate : candidates) {
      LloydState lloyd = candidate.lloyd();
      steps += lloyd.iterations();
      steps += (lloyd.spread() == null ? 0 : 1) + (candidate.isMeasured() ? 1 : 0);
    }
    // A choice may resume the iteration of its candidate, which takes two steps back.
    return choice == null ? steps : steps + 3;
  }

  /** Returns whether no further pass is needed. */
  public boolean isDone() {
    return choice != null && lloyd().isDone();
  }

  /**
   * Returns the state with the candidates after a pass. When all candidates are measured, k is
   * chosen. If the sample had ruled the chosen candidate out, so that it had few passes, its
   * iteration is resumed.
   */
  public TrainingState with(List<Candidate> next, ClusteringSpec clustering) {
    if (choice != null || !next.stream().allMatch(Candidate::isMeasured)) {
      return new TrainingState(manifestFile, next, choice);
    }
    KChoice newChoice = KSelector.choose(next, clustering.minSegmentShare());
    Candidate chosen = next.get(newChoice.index());
    List<Candidate> resumed = new ArrayList<>(next);
    resumed.set(newChoice.index(), chosen.resumed(clustering.maxIterations()));
    return new TrainingState(manifestFile, resumed, newChoice);
  }

  /**
   * Returns the final state if no further pass is possible: k is chosen from the current
   * candidates.
   */
  public TrainingState stopped(ClusteringSpec clustering) {
    List<Candidate> ended = candidates.stream().map(Candidate::ended).toList();
    return new TrainingState(
        manifestFile,
        ended,
        choice != null ? choice : KSelector.choose(ended, clustering.minSegmentShare()));
  }
}
