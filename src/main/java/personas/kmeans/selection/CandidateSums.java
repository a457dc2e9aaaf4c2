package personas.kmeans.selection;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import personas.kmeans.ClusterMetricSums;
import personas.kmeans.PassSums;

/**
 * What one pass adds up for one candidate: the next step of its iteration, or, once that is done,
 * its separation; nothing once that is known too. Mergeable in any order.
 *
 * @param pass null where the iteration is done
 * @param separation null where it is not done, and where nothing is left to measure
 */
public record CandidateSums(PassSums pass, ClusterMetricSums separation) {
  /** Of a candidate that needs no pass. */
  public static final CandidateSums NONE = new CandidateSums(null, null);

  /** Sums of the same candidate over other users are added to a fresh copy. */
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

  public static CandidateSums read(DataInput in) throws IOException {
    PassSums pass = in.readBoolean() ? PassSums.read(in) : null;
    return new CandidateSums(pass, in.readBoolean() ? ClusterMetricSums.read(in) : null);
  }
}
