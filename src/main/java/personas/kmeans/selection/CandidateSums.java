package personas.kmeans.selection;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import personas.kmeans.ClusterMetricSums;
import personas.kmeans.ClusteringStep;
import personas.kmeans.PassSums;
import personas.kmeans.metric.ClusterMetrics;

/**
 * The sums of one pass for one candidate. The state of the candidate decides the kind of sums, so
 * all slots of a pass give the same kind. The sums can be merged in any order.
 */
public sealed interface CandidateSums {
  /** Returns the candidate after the pass; for the parameters see {@link Candidate#next}. */
  Candidate next(Candidate before, ClusteringStep step, double tolerance, int maxIterations);

  /**
   * Returns the sums over the users of both operands. Neither operand is changed.
   *
   * @throws ClassCastException if {@code other} has another kind and this is not {@link Nothing}
   */
  CandidateSums merge(CandidateSums other);

  /** Writes the sums. */
  void write(DataOutput out) throws IOException;

  /** Reads sums that {@link #write} wrote. */
  static CandidateSums read(DataInput in) throws IOException {
    byte kind = in.readByte();
    return switch (kind) {
      case 'S' -> new Step(PassSums.read(in));
      case 'M' -> new Metrics(ClusterMetricSums.read(in));
      case 'N' -> new Nothing();
      default -> throw new IOException("sums of a candidate: the kind " + kind + " is not known");
    };
  }

  /** The sums for the next step of the iteration. */
  record Step(PassSums sums) implements CandidateSums {
    @Override
    public Candidate next(
        Candidate before, ClusteringStep step, double tolerance, int maxIterations) {
      return before.with(before.lloyd().next(sums, step, tolerance, maxIterations));
    }

    @Override
    public CandidateSums merge(CandidateSums other) {
      PassSums merged = new PassSums(sums.k(), sums.d());
      merged.merge(sums);
      merged.merge(((Step) other).sums);
      return new Step(merged);
    }

    @Override
    public void write(DataOutput out) throws IOException {
      out.writeByte('S');
      sums.write(out);
    }
  }

  /** The sums for the metrics of the clusters, after the iteration has ended. */
  record Metrics(ClusterMetricSums sums) implements CandidateSums {
    @Override
    public Candidate next(
        Candidate before, ClusteringStep step, double tolerance, int maxIterations) {
      return before.measured(ClusterMetrics.of(before.lloyd().spread(), sums));
    }

    @Override
    public CandidateSums merge(CandidateSums other) {
      ClusterMetricSums merged = new ClusterMetricSums(sums.k());
      merged.merge(sums);
      merged.merge(((Metrics) other).sums);
      return new Metrics(merged);
    }

    @Override
    public void write(DataOutput out) throws IOException {
      out.writeByte('M');
      sums.write(out);
    }
  }

  /** The empty sums of a candidate whose metrics are known, so that it needs no pass. */
  record Nothing() implements CandidateSums {
    @Override
    public Candidate next(
        Candidate before, ClusteringStep step, double tolerance, int maxIterations) {
      return before;
    }

    @Override
    public CandidateSums merge(CandidateSums other) {
      return other;
    }

    @Override
    public void write(DataOutput out) throws IOException {
      out.writeByte('N');
    }
  }
}
