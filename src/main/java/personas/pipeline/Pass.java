package personas.pipeline;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.Serializable;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CoderRegistry;
import org.apache.beam.sdk.transforms.Combine.CombineFn;
import personas.kmeans.PassSums;
import personas.spec.ClusteringSpec;

/**
 * A state and what one pass over the users from there added up to. Who gets it as a side input
 * moves the centroids itself, which is a few divisions: a step of its own would cost an engine
 * more.
 *
 * @param state where the pass started; null in the parts that do not carry it
 * @param sums null where no pass was made, because the state was done or is the first
 */
record Pass(SegmentState state, PassSums sums) {

  /** The state before any pass of a job. */
  static Pass start(SegmentState state) {
    return new Pass(state, null);
  }

  /** The state that the next pass starts from. */
  SegmentState next(ClusteringSpec clustering) {
    return sums == null
        ? state
        : state.with(state.lloyd().next(sums, clustering.tolerance(), clustering.maxIterations()));
  }

  private Pass merge(Pass other) {
    PassSums merged = null;
    for (PassSums part : new PassSums[] {sums, other.sums}) {
      if (part != null) {
        merged = merged == null ? new PassSums(part.k(), part.d()) : merged;
        merged.merge(part);
      }
    }
    return new Pass(state != null ? state : other.state, merged);
  }

  static Coder<Pass> coder() {
    return new ValueCoder<>(Pass::write, Pass::read);
  }

  private static void write(Pass pass, DataOutput out) throws IOException {
    Serialized.write(pass.state, out);
    out.writeBoolean(pass.sums != null);
    if (pass.sums != null) {
      pass.sums.write(out);
    }
  }

  private static Pass read(DataInput in) throws IOException {
    SegmentState state = Serialized.read(in, SegmentState.class);
    return new Pass(state, in.readBoolean() ? PassSums.read(in) : null);
  }

  /** The parts of a pass → the pass. */
  static final class Merge extends CombineFn<Pass, Merge.Accumulator, Pass> {
    private static final long serialVersionUID = 1;

    /** Holds the parts merged so far; empty at first. */
    static final class Accumulator implements Serializable {
      private static final long serialVersionUID = 1;
      private transient Pass pass = new Pass(null, null);
    }

    @Override
    public Accumulator createAccumulator() {
      return new Accumulator();
    }

    @Override
    public Accumulator addInput(Accumulator accumulator, Pass pass) {
      accumulator.pass = accumulator.pass.merge(pass);
      return accumulator;
    }

    @Override
    public Accumulator mergeAccumulators(Iterable<Accumulator> accumulators) {
      Accumulator merged = createAccumulator();
      for (Accumulator each : accumulators) {
        merged.pass = merged.pass.merge(each.pass);
      }
      return merged;
    }

    @Override
    public Pass extractOutput(Accumulator accumulator) {
      return accumulator.pass;
    }

    @Override
    public Coder<Accumulator> getAccumulatorCoder(CoderRegistry registry, Coder<Pass> inputCoder) {
      return new ValueCoder<>(
          (accumulator, out) -> Pass.write(accumulator.pass, out),
          in -> {
            Accumulator accumulator = new Accumulator();
            accumulator.pass = Pass.read(in);
            return accumulator;
          });
    }

    @Override
    public Coder<Pass> getDefaultOutputCoder(CoderRegistry registry, Coder<Pass> inputCoder) {
      return inputCoder;
    }
  }
}
