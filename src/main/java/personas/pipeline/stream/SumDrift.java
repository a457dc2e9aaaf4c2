package personas.pipeline.stream;

import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CoderRegistry;
import org.apache.beam.sdk.coders.ListCoder;
import org.apache.beam.sdk.transforms.Combine.CombineFn;
import personas.model.compare.DriftCounts;

/**
 * Sums counts. An accumulator is a list of one sum, or an empty list, and is never changed: with
 * {@code fasterCopy}, Flink writes a checkpoint from the accumulator itself on another thread while
 * the stream goes on. The accumulators of Beam's functions over iterables are lists that grow in
 * place, so such a checkpoint can fail with a {@code ConcurrentModificationException}.
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

  /** Returns the sum; an accumulator without counts has none, and no window ends with one. */
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
