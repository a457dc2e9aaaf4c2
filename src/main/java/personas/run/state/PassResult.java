package personas.run.state;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import personas.connector.storage.SerializedFile;
import personas.kmeans.selection.Candidate;
import personas.kmeans.selection.CandidateSums;
import personas.spec.ClusteringSpec;

/**
 * The state before a pass over the users, and the sums of the pass. Results can be merged in any
 * order. A step that gets the result as a side input computes the next centroids itself: a few
 * divisions cost an engine less than another step.
 *
 * @param state the state before the pass, from the first slot; null from the other slots
 * @param sums the sums of each candidate; null if no pass was made, because the iteration is done
 *     or has not begun
 */
public record PassResult(TrainingState state, List<CandidateSums> sums) {

  /** The result of no slot. */
  public static final PassResult NONE = new PassResult(null, null);

  /** Returns the result before the first pass of a job. */
  public static PassResult start(TrainingState state) {
    return new PassResult(state, null);
  }

  /** Returns the state after the pass. */
  public TrainingState next(ClusteringSpec clustering) {
    if (sums == null) {
      return state;
    }
    List<Candidate> next = new ArrayList<>();
    for (int i = 0; i < sums.size(); i++) {
      Candidate candidate = state.candidates().get(i);
      next.add(
          candidate.next(
              sums.get(i), clustering.tolerance(), state.maxIterationsOf(i, clustering)));
    }
    return state.with(next, clustering);
  }

  /** Returns the sums of both with the state that one of them has; changes neither. */
  public PassResult merge(PassResult other) {
    List<CandidateSums> merged = sums == null ? other.sums : sums;
    if (sums != null && other.sums != null) {
      merged = new ArrayList<>();
      for (int i = 0; i < sums.size(); i++) {
        merged.add(sums.get(i).merge(other.sums.get(i)));
      }
    }
    return new PassResult(state != null ? state : other.state, merged);
  }

  /** Writes the result; equal results write equal bytes. */
  public void write(DataOutput out) throws IOException {
    SerializedFile.write(state, out);
    out.writeInt(sums == null ? -1 : sums.size());
    if (sums != null) {
      for (CandidateSums candidateSums : sums) {
        candidateSums.write(out);
      }
    }
  }

  /** Reads a result that {@link #write} wrote. */
  public static PassResult read(DataInput in) throws IOException {
    TrainingState state = SerializedFile.read(in, TrainingState.class);
    int size = in.readInt();
    List<CandidateSums> sums = size < 0 ? null : new ArrayList<>();
    for (int i = 0; i < size; i++) {
      sums.add(CandidateSums.read(in));
    }
    return new PassResult(state, sums);
  }
}
