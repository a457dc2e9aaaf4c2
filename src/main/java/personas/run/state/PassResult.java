package personas.run.state;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import personas.connector.storage.SerializedFile;
import personas.kmeans.selection.Candidate;
import personas.kmeans.selection.CandidateSums;
import personas.spec.ClusteringSpec;

/**
 * The state before a pass over the users, and the sums of the pass. Results can be merged in any
 * order. A step that gets the result as a side input computes the next centroids itself: a few
 * divisions cost an engine less than another step.
 *
 * @param carried the state before the pass, which the first slot passes on
 * @param sums the sums of each candidate; empty if no pass was made, because the iteration is done
 *     or has not begun
 */
public record PassResult(Optional<TrainingState> carried, List<CandidateSums> sums) {

  /** A result without a state and without sums. Merging it does not change another result. */
  public static final PassResult NONE = new PassResult(Optional.empty(), List.of());

  public PassResult {
    sums = List.copyOf(sums);
  }

  /** Returns the result before the first pass of a job. */
  public static PassResult start(TrainingState state) {
    return new PassResult(Optional.of(state), List.of());
  }

  /**
   * Returns the state before the pass.
   *
   * @throws java.util.NoSuchElementException if the result does not include the first slot
   */
  public TrainingState state() {
    return carried.orElseThrow();
  }

  /** Returns the state after the pass. The results of all slots must be merged before. */
  public TrainingState next(ClusteringSpec clustering) {
    TrainingState state = state();
    if (sums.isEmpty()) {
      return state;
    }
    List<Candidate> next = new ArrayList<>();
    for (int i = 0; i < sums.size(); i++) {
      Candidate candidate = state.candidates().get(i);
      next.add(
          candidate.next(
              sums.get(i),
              clustering.step(),
              clustering.tolerance(),
              state.maxIterationsOf(i, clustering)));
    }
    return state.with(next, clustering);
  }

  /**
   * Returns the sums of both results, with the state that one of them has. Neither result changes.
   */
  public PassResult merge(PassResult other) {
    Optional<TrainingState> mergedState = carried.or(() -> other.carried);
    if (sums.isEmpty() || other.sums.isEmpty()) {
      return new PassResult(mergedState, sums.isEmpty() ? other.sums : sums);
    }
    List<CandidateSums> merged = new ArrayList<>();
    for (int i = 0; i < sums.size(); i++) {
      merged.add(sums.get(i).merge(other.sums.get(i)));
    }
    return new PassResult(mergedState, merged);
  }

  /** Writes the result; equal results are written as equal bytes. */
  public void write(DataOutput out) throws IOException {
    SerializedFile.write(carried.orElse(null), out);
    out.writeInt(sums.size());
    for (CandidateSums candidateSums : sums) {
      candidateSums.write(out);
    }
  }

  /** Reads a result that {@link #write} wrote. */
  public static PassResult read(DataInput in) throws IOException {
    TrainingState state = SerializedFile.read(in, TrainingState.class);
    List<CandidateSums> sums = new ArrayList<>();
    for (int remaining = in.readInt(); remaining > 0; remaining--) {
      sums.add(CandidateSums.read(in));
    }
    return new PassResult(Optional.ofNullable(state), sums);
  }
}
