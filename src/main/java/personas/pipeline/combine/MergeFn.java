package personas.pipeline.combine;

import java.io.Serializable;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CoderRegistry;
import org.apache.beam.sdk.transforms.Combine.CombineFn;

/**
 * Merges values whose merge is associative and commutative, such as exact sums, sets and samples.
 * The values do all arithmetic. Without inputs the result is the empty value.
 *
 * @param <T> the type of the inputs, the accumulator and the result
 */
public final class MergeFn<T> extends CombineFn<T, T, T> {
  private static final long serialVersionUID = 1;

  /** Creates an empty value, the identity of the merge. */
  public interface Empty<T> extends Serializable {
    T get();
  }

  /** Merges a part into an accumulator, without changing the part. */
  public interface Merge<T> extends Serializable {
    /** Returns the changed accumulator or a new value. */
    T of(T accumulator, T part);
  }

  private final Empty<T> empty;
  private final Merge<T> merge;
  private final Coder<T> coder;

  public MergeFn(Empty<T> empty, Merge<T> merge, Coder<T> coder) {
    this.empty = empty;
    this.merge = merge;
    this.coder = coder;
  }

  /** Adds a part to an accumulator in place, without changing the part. */
  public interface Add<T> extends Serializable {
    void to(T accumulator, T part);
  }

  /** Returns a function that merges mutable values in place. */
  public static <T> MergeFn<T> inPlace(Empty<T> empty, Add<T> add, Coder<T> coder) {
    return new MergeFn<>(
        empty,
        (accumulator, part) -> {
          add.to(accumulator, part);
          return accumulator;
        },
        coder);
  }

  @Override
  public T createAccumulator() {
    return empty.get();
  }

  @Override
  public T addInput(T accumulator, T input) {
    return merge.of(accumulator, input);
  }

  @Override
  public T mergeAccumulators(Iterable<T> accumulators) {
    T merged = empty.get();
    for (T accumulator : accumulators) {
      merged = merge.of(merged, accumulator);
    }
    return merged;
  }

  @Override
  public T extractOutput(T accumulator) {
    return accumulator;
  }

  @Override
  public Coder<T> getAccumulatorCoder(CoderRegistry registry, Coder<T> inputCoder) {
    return coder;
  }

  @Override
  public Coder<T> getDefaultOutputCoder(CoderRegistry registry, Coder<T> inputCoder) {
    return coder;
  }
}
