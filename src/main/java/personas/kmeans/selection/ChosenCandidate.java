package personas.kmeans.selection;

import java.util.List;
import java.util.Objects;

/**
 * The clusterings that a run trained, and which one of them became the model.
 *
 * @param candidates one clustering for each k
 * @param choice the candidate that was chosen, and why
 */
public record ChosenCandidate(List<Candidate> candidates, KChoice choice) {
  public ChosenCandidate {
    candidates = List.copyOf(candidates);
    Objects.checkIndex(choice.index(), candidates.size());
  }

  /** Returns the candidate that was chosen. */
  public Candidate candidate() {
    return candidates.get(choice.index());
  }
}
