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
 * A state and what one pass over the users from there added up to. Mergeable in any order. Whoever
 * gets the result as a side input moves the centroids itself, which is a few divisions: a step of
 * its own would cost an engine more.
 *
 * @param state where the pass started; null in the parts that do not carry it
 * @param sums one per candidate; null if no pass was made, because the state was done or is the
 *     first
 */
public record PassResult(TrainingState state, List<CandidateSums> sums) {

  /** The result of no slot. */
  public static final PassResult NONE = new PassResult(null, null);

  /** The state before any pass of a job. */
  public static PassResult start(TrainingState state) {
    return new PassResult(state, null);
  }

  /** The state that the next pass starts from. */
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

  /** The sums of both; the state of whichever carries it. Changes neither. */
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
      for (CandidateSums each : sums) {
        each.write(out);
      }
    }
  }

  /** Reads what {@link #write} wrote. */
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
