package personas.pipeline.iterate;

import java.util.stream.IntStream;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.transforms.Values;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptors;

/**
 * The numbers of all slots, spread over the workers. A source of numbers is one task on some
 * engines, which would make all slots one task too, so the numbers are shuffled; by themselves as
 * keys, so that a slot comes to the same worker in each pass.
 */
public final class SlotNumbers extends PTransform<PBegin, PCollection<Integer>> {
  private static final long serialVersionUID = 1;

  private final int slots;

  public SlotNumbers(int slots) {
    this.slots = slots;
  }

  @Override
  public PCollection<Integer> expand(PBegin begin) {
    return begin
        .apply(
            "Slots",
            Create.of(IntStream.range(0, slots).boxed().toList()).withCoder(VarIntCoder.of()))
        .apply("Key", WithKeys.of((Integer slot) -> slot).withKeyType(TypeDescriptors.integers()))
        .apply("Spread", Reshuffle.of())
        .apply("Slot", Values.create());
  }
}
