package personas.pipeline.read;

import java.util.List;
import org.apache.beam.sdk.coders.BigEndianLongCoder;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.ListCoder;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.CombineFns;
import org.apache.beam.sdk.transforms.CombineFns.CoCombineResult;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.SimpleFunction;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TypeDescriptor;
import personas.connector.storage.Folder;
import personas.feature.moments.Moments;
import personas.pipeline.combine.MergeFn;
import personas.pipeline.combine.StagedValueCoder;
import personas.pipeline.combine.ValueCoder;
import personas.run.RunPlan;
import personas.run.state.InputLedgers;
import personas.run.state.InputTotals;
import personas.run.state.PreviousClusters;
import personas.run.state.RangeResult;
import personas.run.state.StagedFiles;
import personas.run.state.StagedSample;

/**
 * Merges the results of all ranges into global moments, one sample, one manifest and one ledger.
 * One Combine runs all combine functions, because a Combine for each of them would need a shuffle
 * for each.
 */
final class MergeInput extends PTransform<PCollection<RangeResult>, PCollection<InputTotals>> {
  private static final long serialVersionUID = 1;

  static final Coder<Moments> MOMENTS_CODER =
      new ValueCoder<>(Moments.class, Moments::write, Moments::read);
  static final Coder<StagedFiles> FILES_CODER =
      new ValueCoder<>(StagedFiles.class, StagedFiles::write, StagedFiles::read);
  static final Coder<InputLedgers> LEDGERS_CODER = SerializableCoder.of(InputLedgers.class);
  static final Coder<List<Long>> USERS_CODER = ListCoder.of(BigEndianLongCoder.of());

  private static final TupleTag<Moments> MOMENTS = new TupleTag<>("moments");
  private static final TupleTag<StagedSample> SAMPLE = new TupleTag<>("sample");
  private static final TupleTag<StagedFiles> FILES = new TupleTag<>("files");
  private static final TupleTag<InputLedgers> LEDGERS = new TupleTag<>("ledgers");
  private static final TupleTag<List<Long>> PREVIOUS_USERS = new TupleTag<>("previous users");

  private final int features;
  private final Folder folder;

  MergeInput(RunPlan plan) {
    features = plan.spec().features().size();
    folder = plan.stagingFolder().sub("merged");
  }

  @Override
  public PCollection<InputTotals> expand(PCollection<RangeResult> ranges) {
    ranges
        .getPipeline()
        .getCoderRegistry()
        .registerCoderForType(TypeDescriptor.of(StagedSample.class), sampleCoder(folder));
    CombineFns.ComposedCombineFn<RangeResult> parts =
        CombineFns.compose()
            .with(new ToMoments(), moments(features), MOMENTS)
            .with(new ToSample(), sample(folder), SAMPLE)
            .with(new ToFiles(), files(folder), FILES)
            .with(new ToLedgers(), ledgers(), LEDGERS)
            .with(new ToPreviousUsers(), previousUsers(), PREVIOUS_USERS);
    return ranges
        .apply("Combine", Combine.globally(parts).withoutDefaults())
        .apply(
            "Totals",
            MapElements.into(TypeDescriptor.of(InputTotals.class)).via(MergeInput::totals))
        .setCoder(totalsCoder(folder));
  }

  static Coder<InputTotals> totalsCoder(Folder folder) {
    return new ValueCoder<>(
        InputTotals.class, (totals, out) -> totals.write(out, folder), InputTotals::read);
  }

  static MergeFn<Moments> moments(int features) {
    return MergeFn.inPlace(() -> new Moments(features), Moments::merge, MOMENTS_CODER);
  }

  static MergeFn<StagedSample> sample(Folder folder) {
    return MergeFn.inPlace(StagedSample::empty, StagedSample::merge, sampleCoder(folder));
  }

  /** Returns a coder that encodes the path of a staged file instead of the sample. */
  static Coder<StagedSample> sampleCoder(Folder folder) {
    return new ValueCoder<>(
        StagedSample.class,
        (sample, out) -> out.writeUTF(sample.path(folder)),
        in -> StagedSample.at(in.readUTF()));
  }

  static MergeFn<StagedFiles> files(Folder folder) {
    return MergeFn.inPlace(
        StagedFiles::new, StagedFiles::merge, new StagedValueCoder<>(FILES_CODER, folder));
  }

  static MergeFn<InputLedgers> ledgers() {
    return MergeFn.inPlace(InputLedgers::new, InputLedgers::merge, LEDGERS_CODER);
  }

  static MergeFn<List<Long>> previousUsers() {
    return new MergeFn<>(List::of, PreviousClusters::plus, USERS_CODER);
  }

  private static InputTotals totals(CoCombineResult merged) {
    return new InputTotals(
        merged.get(FILES),
        merged.get(LEDGERS),
        merged.get(MOMENTS),
        merged.get(SAMPLE),
        merged.get(PREVIOUS_USERS));
  }

  // These are named classes, because Beam infers the type of each part from the class.

  private static final class ToMoments extends SimpleFunction<RangeResult, Moments> {
    private static final long serialVersionUID = 1;

    @Override
    public Moments apply(RangeResult range) {
      return range.users().moments();
    }
  }

  private static final class ToSample extends SimpleFunction<RangeResult, StagedSample> {
    private static final long serialVersionUID = 1;

    @Override
    public StagedSample apply(RangeResult range) {
      return StagedSample.at(range.users().sampleFile());
    }
  }

  private static final class ToFiles extends SimpleFunction<RangeResult, StagedFiles> {
    private static final long serialVersionUID = 1;

    @Override
    public StagedFiles apply(RangeResult range) {
      return StagedFiles.of(range);
    }
  }

  private static final class ToLedgers extends SimpleFunction<RangeResult, InputLedgers> {
    private static final long serialVersionUID = 1;

    @Override
    public InputLedgers apply(RangeResult range) {
      return InputLedgers.of(range);
    }
  }

  private static final class ToPreviousUsers extends SimpleFunction<RangeResult, List<Long>> {
    private static final long serialVersionUID = 1;

    @Override
    public List<Long> apply(RangeResult range) {
      return range.matched().previousUsers();
    }
  }
}
