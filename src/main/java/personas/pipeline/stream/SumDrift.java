package personas.pipeline.stream;

import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CoderRegistry;
import org.apache.beam.sdk.coders.ListCoder;
import org.apache.beam.sdk.transforms.Combine.CombineFn;
import personas.model.compare.DriftCounts;

/**
 * Sums the {@link DriftCounts} of a window. An accumulator is a list with at most one sum. The list
 * is immutable, because with {@code fasterCopy} Flink writes it to a checkpoint in another thread
 * while the stream continues. The accumulators of Beam's {@code Combine.IterableCombineFn} are
 * lists that grow in place, so a checkpoint of them can fail with a {@code
 * ConcurrentModificationException}.
 */
final class SumDrift extends CombineFn<DriftCounts, List<DriftCounts>, DriftCounts> {
  private static final long serialVersionUID = 1;

  @Override
  public List<DriftCounts> createAccumulator() {
    return List.of();
  }

  @Override
  public List<DriftCounts> addInput(List<DriftCounts> accumulator, DriftCounts input) {
    return accumulator.isEmpty()
        ? List.of(input)
        : List.of(DriftCounts.sum(List.of(accumulator.get(0), input)));
  }

  @Override
  public List<DriftCounts> mergeAccumulators(Iterable<List<DriftCounts>> accumulators) {
    List<DriftCounts> parts = new ArrayList<>();
    accumulators.forEach(parts::addAll);
    return parts.isEmpty() ? List.of() : List.of(DriftCounts.sum(parts));
  }

  /**
   * Returns the sum. Beam emits a result only for a window with an input, so the accumulator is not
   * empty.
   */
  @Override
  public DriftCounts extractOutput(List<DriftCounts> accumulator) {
    return accumulator.get(0);
  }

  @Override
  public Coder<List<DriftCounts>> getAccumulatorCoder(
      CoderRegistry registry, Coder<DriftCounts> inputCoder) {
    return ListCoder.of(inputCoder);
  }

  @Override
  public Coder<DriftCounts> getDefaultOutputCoder(
      CoderRegistry registry, Coder<DriftCounts> inputCoder) {
    return inputCoder;
  }
}
