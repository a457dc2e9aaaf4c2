package personas.kmeans.selection;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import personas.kmeans.ClusterMetricSums;
import personas.kmeans.PassSums;

/**
 * The sums of one pass for one candidate: for the next step of the iteration, or for the metrics
 * after the iteration ended, or nothing if the metrics are known. The sums can be merged in any
 * order.
 *
 * @param pass the sums for the next step; null if the iteration has ended
 * @param separation the sums for the metrics; null while the iteration runs and after the metrics
 *     are known
 */
public record CandidateSums(PassSums pass, ClusterMetricSums separation) {
  /** The sums of a candidate that needs no pass. */
  public static final CandidateSums NONE = new CandidateSums(null, null);

  /** Returns new sums that add the sums of other users for the same candidate. */
  public CandidateSums merge(CandidateSums other) {
    PassSums mergedPass = null;
    ClusterMetricSums mergedSeparation = null;
    for (CandidateSums part : new CandidateSums[] {this, other}) {
      if (part.pass != null) {
        mergedPass = mergedPass == null ? new PassSums(part.pass.k(), part.pass.d()) : mergedPass;
        mergedPass.merge(part.pass);
      }
      if (part.separation != null) {
        mergedSeparation =
            mergedSeparation == null
                ? new ClusterMetricSums(part.separation.k())
                : mergedSeparation;
        mergedSeparation.merge(part.separation);
      }
    }
    return new CandidateSums(mergedPass, mergedSeparation);
  }

  /** Writes the sums. */
  public void write(DataOutput out) throws IOException {
    out.writeBoolean(pass != null);
    if (pass != null) {
      pass.write(out);
    }
    out.writeBoolean(separation != null);
    if (separation != null) {
      separation.write(out);
    }
  }

  /** Reads sums that {@link #write} wrote. */
  public static CandidateSums read(DataInput in) throws IOException {
    PassSums pass = in.readBoolean() ? PassSums.read(in) : null;
    return new CandidateSums(pass, in.readBoolean() ? ClusterMetricSums.read(in) : null);
  }
}
