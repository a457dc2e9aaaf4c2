package personas.pipeline;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CoderRegistry;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.Combine.CombineFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import personas.kmeans.Candidate;
import personas.kmeans.CandidateSums;
import personas.spec.ClusteringSpec;

/**
 * A state and what one pass over the users from there added up to. Who gets it as a side input
 * moves the centroids itself, which is a few divisions: a step of its own would cost an engine
 * more.
 *
 * @param state where the pass started; null in the parts that do not carry it
 * @param sums one a candidate; null where no pass was made, because the state was done or is the
 *     first
 */
record Pass(SegmentState state, List<CandidateSums> sums) {

  /** The state before any pass of a job. */
  static Pass start(SegmentState state) {
    return new Pass(state, null);
  }

  /** The state that the next pass starts from. */
  SegmentState next(ClusteringSpec clustering) {
    if (sums == null) {
      return state;
    }
    List<Candidate> next = new ArrayList<>();
    for (int i = 0; i < sums.size(); i++) {
      Candidate candidate = state.candidates().get(i);
      next.add(
          candidate.next(
              sums.get(i), clustering.tolerance(), state.limit(i, clustering.maxIterations())));
    }
    return state.with(next, clustering);
  }

  private Pass merge(Pass other) {
    List<CandidateSums> merged = sums == null ? other.sums : sums;
    if (sums != null && other.sums != null) {
      merged = new ArrayList<>();
      for (int i = 0; i < sums.size(); i++) {
        merged.add(sums.get(i).merge(other.sums.get(i)));
      }
    }
    return new Pass(state != null ? state : other.state, merged);
  }

  /** The parts of a pass, of which one has the state → the pass. */
  static Pass mergeAll(List<Pass> parts) {
    return parts.stream().reduce(new Pass(null, null), Pass::merge);
  }

  /** The parts of a pass → the pass, as a side input. */
  static PTransform<PCollection<Pass>, PCollectionView<Pass>> merged() {
    return Combine.globally(new Merge()).withoutDefaults().asSingletonView();
  }

  static Coder<Pass> coder() {
    return new ValueCoder<>(Pass::write, Pass::read);
  }

  private static void write(Pass pass, DataOutput out) throws IOException {
    Serialized.write(pass.state, out);
    out.writeInt(pass.sums == null ? -1 : pass.sums.size());
    if (pass.sums != null) {
      for (CandidateSums each : pass.sums) {
        each.write(out);
      }
    }
  }

  private static Pass read(DataInput in) throws IOException {
    SegmentState state = Serialized.read(in, SegmentState.class);
    int size = in.readInt();
    List<CandidateSums> sums = size < 0 ? null : new ArrayList<>();
    for (int i = 0; i < size; i++) {
      sums.add(CandidateSums.read(in));
    }
    return new Pass(state, sums);
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
