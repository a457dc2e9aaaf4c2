package personas.pipeline;

import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import personas.kmeans.Candidate;
import personas.kmeans.Choice;
import personas.kmeans.Chooser;
import personas.kmeans.LloydState;
import personas.spec.ClusteringSpec;

/**
 * What one pass hands to the next: small, whatever the input holds.
 *
 * @param manifestFile where the {@link Manifest} is staged
 * @param candidates that are trained side by side, by ascending k; one where k is given
 * @param choice null while it is open
 */
record SegmentState(String manifestFile, List<Candidate> candidates, Choice choice)
    implements Serializable {

  /** Passes for a candidate that cannot be chosen any more. */
  private static final int PASSES_FOR_THE_TABLE = 10;

  SegmentState {
    candidates = List.copyOf(candidates);
  }

  Manifest manifest() throws IOException {
    return Manifest.load(manifestFile);
  }

  /** Whether there is nothing to choose, so that no candidate is measured before the last pass. */
  boolean isGiven() {
    return candidates.size() == 1;
  }

  /** The candidate that was chosen; while that is open, the one that has iterated longest. */
  Candidate candidate() {
    if (choice != null) {
      return candidates.get(choice.index());
    }
    Candidate longest = candidates.get(0);
    for (Candidate each : candidates) {
      longest = each.lloyd().iterations() > longest.lloyd().iterations() ? each : longest;
    }
    return longest;
  }

  LloydState lloyd() {
    return candidate().lloyd();
  }

  /**
   * Passes that a candidate may take: all that are allowed, but few where the sample rules it out.
   * The smallest may always end, because it stands in where no other will do.
   */
  int limit(int index, int maxIterations) {
    boolean ruledOut = index > 0 && candidates.get(index).findings().ruleOut();
    return ruledOut ? Math.min(PASSES_FOR_THE_TABLE, maxIterations) : maxIterations;
  }

  /** Whether no further pass is wanted. */
  boolean isDone() {
    return choice != null && lloyd().isDone();
  }

  /** The state with its candidates moved on, and the choice made as soon as all are measured. */
  SegmentState with(List<Candidate> next, ClusteringSpec clustering) {
    boolean open = choice == null && next.stream().allMatch(Candidate::isMeasured);
    return new SegmentState(
        manifestFile, next, open ? Chooser.choose(next, clustering.minSegmentShare()) : choice);
  }

  /** Where no further pass is possible: the choice is made of what is known. */
  SegmentState ended(ClusteringSpec clustering) {
    List<Candidate> ended = candidates.stream().map(Candidate::ended).toList();
    return new SegmentState(
        manifestFile,
        ended,
        choice != null ? choice : Chooser.choose(ended, clustering.minSegmentShare()));
  }
}
