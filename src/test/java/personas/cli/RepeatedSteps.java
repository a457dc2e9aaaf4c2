package personas.cli;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.PipelineRunner;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.runners.AppliedPTransform;
import org.apache.beam.sdk.runners.PTransformOverride;
import org.apache.beam.sdk.runners.PTransformOverrideFactory;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.reflect.DoFnInvoker;
import org.apache.beam.sdk.transforms.reflect.DoFnInvokers;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.apache.beam.sdk.util.SerializableUtils;
import org.apache.beam.sdk.util.construction.ReplacementOutputs;
import org.apache.beam.sdk.values.OutputBuilder;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.joda.time.Instant;

/**
 * Runners that run each step of this program more than once, as an engine may. They replace every
 * {@code ParDo} of the graph whose function is a class of this program, and then let the engine's
 * own runner run the graph.
 *
 * <p>No function of a batch job has state of its own between the elements of a bundle, so to
 * process each element twice is to process the bundle twice.
 */
final class RepeatedSteps {
  /** Steps that a runner has replaced, by the full name of the transform. */
  static final Set<String> REPLACED = ConcurrentHashMap.newKeySet();

  /** Steps that {@link FailsOnce} has failed. */
  static final Set<String> FAILED = ConcurrentHashMap.newKeySet();

  private RepeatedSteps() {}

  static void reset() {
    REPLACED.clear();
    FAILED.clear();
  }

  /** How the function of a step is repeated. */
  interface Repetition {
    <InputT, OutputT> DoFn<InputT, OutputT> of(DoFn<InputT, OutputT> step, String name);
  }

  /** A runner that replaces the steps of the graph and then lets the engine run it. */
  abstract static class Replacing extends PipelineRunner<PipelineResult> {
    private final PipelineRunner<? extends PipelineResult> engine;
    private final Repetition repetition;

    Replacing(PipelineRunner<? extends PipelineResult> engine, Repetition repetition) {
      this.engine = engine;
      this.repetition = repetition;
    }

    @Override
    public PipelineResult run(Pipeline pipeline) {
      replace(pipeline, repetition);
      return engine.run(pipeline);
    }
  }

  /** The direct runner with every bundle processed twice; the program knows it by this name. */
  static final class Twice {
    private Twice() {}

    /** See {@link Twice}. */
    public static final class DirectRunner extends Replacing {
      private DirectRunner(PipelineOptions options) {
        super(org.apache.beam.runners.direct.DirectRunner.fromOptions(options), new EachTwice());
      }

      public static DirectRunner fromOptions(PipelineOptions options) {
        return new DirectRunner(options);
      }
    }
  }

  /** Flink with every step failed once after its outputs; the program knows it by this name. */
  static final class Failing {
    private Failing() {}

    /** See {@link Failing}. */
    public static final class FlinkRunner extends Replacing {
      private FlinkRunner(PipelineOptions options) {
        super(org.apache.beam.runners.flink.FlinkRunner.fromOptions(options), new EachFailsOnce());
      }

      public static FlinkRunner fromOptions(PipelineOptions options) {
        return new FlinkRunner(options);
      }
    }
  }

  private static final class EachTwice implements Repetition {
    @Override
    public <InputT, OutputT> DoFn<InputT, OutputT> of(DoFn<InputT, OutputT> step, String name) {
      return new RunsTwice<>(step);
    }
  }

  private static final class EachFailsOnce implements Repetition {
    @Override
    public <InputT, OutputT> DoFn<InputT, OutputT> of(DoFn<InputT, OutputT> step, String name) {
      return new FailsOnce<>(step, name);
    }
  }

  private static void replace(Pipeline pipeline, Repetition repetition) {
    pipeline.replaceAll(
        List.of(
            PTransformOverride.of(
                step -> isOwn(step.getTransform()), new Replacements<>(repetition))));
  }

  private static boolean isOwn(PTransform<?, ?> transform) {
    return transform instanceof ParDo.MultiOutput<?, ?> step
        && step.getFn().getClass().getName().startsWith("personas.")
        && !(step.getFn() instanceof Repeated<?, ?>);
  }

  private static final class Replacements<InputT, OutputT>
      implements PTransformOverrideFactory<
          PCollection<? extends InputT>, PCollectionTuple, ParDo.MultiOutput<InputT, OutputT>> {
    private final Repetition repetition;

    Replacements(Repetition repetition) {
      this.repetition = repetition;
    }

    @Override
    @SuppressWarnings("unchecked")
    public PTransformReplacement<PCollection<? extends InputT>, PCollectionTuple>
        getReplacementTransform(
            AppliedPTransform<
                    PCollection<? extends InputT>,
                    PCollectionTuple,
                    ParDo.MultiOutput<InputT, OutputT>>
                applied) {
      ParDo.MultiOutput<InputT, OutputT> step = applied.getTransform();
      REPLACED.add(applied.getFullName());
      DoFn<InputT, OutputT> repeated = repetition.of(step.getFn(), applied.getFullName());
      return PTransformReplacement.of(
          (PCollection<InputT>) applied.getMainInputs().values().iterator().next(),
          new WithCoders<>(
              ParDo.of(repeated)
                  .withSideInputs(step.getSideInputs())
                  .withOutputTags(step.getMainOutputTag(), step.getAdditionalOutputTags()),
              applied.getOutputs()));
    }

    @Override
    public Map<PCollection<?>, ReplacementOutput> mapOutputs(
        Map<TupleTag<?>, PCollection<?>> outputs, PCollectionTuple newOutput) {
      return ReplacementOutputs.tagged(outputs, newOutput);
    }
  }

  /** A step whose outputs have the coders of the step that it replaces. */
  private static final class WithCoders<InputT, OutputT>
      extends PTransform<PCollection<? extends InputT>, PCollectionTuple> {
    private static final long serialVersionUID = 1;

    private final transient ParDo.MultiOutput<InputT, OutputT> step;
    private final transient Map<TupleTag<?>, PCollection<?>> outputs;

    WithCoders(ParDo.MultiOutput<InputT, OutputT> step, Map<TupleTag<?>, PCollection<?>> outputs) {
      this.step = step;
      this.outputs = outputs;
    }

    @Override
    public PCollectionTuple expand(PCollection<? extends InputT> input) {
      PCollectionTuple repeated = input.apply(step);
      repeated.getAll().forEach((tag, output) -> copyCoder(outputs.get(tag), output));
      return repeated;
    }

    @SuppressWarnings("unchecked")
    private static <T> void copyCoder(PCollection<?> from, PCollection<T> to) {
      to.setCoder(((PCollection<T>) from).getCoder());
    }
  }

  /** A function around the function of a step. */
  abstract static class Repeated<InputT, OutputT> extends DoFn<InputT, OutputT> {
    private static final long serialVersionUID = 1;

    final DoFn<InputT, OutputT> step;

    Repeated(DoFn<InputT, OutputT> step) {
      this.step = step;
    }

    /** Calls a copy of the function, as another worker would have one. */
    final DoFnInvoker<InputT, OutputT> copy() {
      return DoFnInvokers.invokerFor(SerializableUtils.clone(step));
    }

    @Override
    public TypeDescriptor<InputT> getInputTypeDescriptor() {
      return step.getInputTypeDescriptor();
    }

    @Override
    public TypeDescriptor<OutputT> getOutputTypeDescriptor() {
      return step.getOutputTypeDescriptor();
    }
  }

  /** Processes each element with two copies of the function, and outputs what the second says. */
  static final class RunsTwice<InputT, OutputT> extends Repeated<InputT, OutputT> {
    private static final long serialVersionUID = 1;

    private transient DoFnInvoker<InputT, OutputT> first;
    private transient DoFnInvoker<InputT, OutputT> second;

    RunsTwice(DoFn<InputT, OutputT> step) {
      super(step);
    }

    @Setup
    public void setup() {
      first = copy();
      second = copy();
    }

    @ProcessElement
    public void process(ProcessContext context) {
      first.invokeProcessElement(new Arguments<>(first.getFn(), context, false));
      second.invokeProcessElement(new Arguments<>(second.getFn(), context, true));
    }
  }

  /** Fails at the end of the first bundle that has an element, when all outputs are made. */
  static final class FailsOnce<InputT, OutputT> extends Repeated<InputT, OutputT> {
    private static final long serialVersionUID = 1;

    private final String name;
    private transient DoFnInvoker<InputT, OutputT> only;
    private transient boolean hasElement;

    FailsOnce(DoFn<InputT, OutputT> step, String name) {
      super(step);
      this.name = name;
    }

    @Setup
    public void setup() {
      only = copy();
    }

    @StartBundle
    public void startBundle() {
      hasElement = false;
    }

    @ProcessElement
    public void process(ProcessContext context) {
      hasElement = true;
      only.invokeProcessElement(new Arguments<>(only.getFn(), context, true));
    }

    @FinishBundle
    public void finishBundle() {
      if (hasElement && FAILED.add(name)) {
        throw new IllegalStateException(name + ": fails once after its outputs");
      }
    }
  }

  /** What a function of this program may ask for, taken from the context of another function. */
  static final class Arguments<InputT, OutputT>
      extends DoFnInvoker.BaseArgumentProvider<InputT, OutputT>
      implements DoFn.OutputReceiver<OutputT> {
    private final DoFn<InputT, OutputT>.ProcessContext context;

    Arguments(
        DoFn<InputT, OutputT> step,
        DoFn<InputT, OutputT>.ProcessContext outer,
        boolean hasOutputs) {
      this.context = context(step, outer, hasOutputs);
    }

    private static <InputT, OutputT> DoFn<InputT, OutputT>.ProcessContext context(
        DoFn<InputT, OutputT> step,
        DoFn<InputT, OutputT>.ProcessContext outer,
        boolean hasOutputs) {
      return step.new ProcessContext() {
        @Override
        public InputT element() {
          return outer.element();
        }

        @Override
        public <T> T sideInput(PCollectionView<T> view) {
          return outer.sideInput(view);
        }

        @Override
        public Instant timestamp() {
          return outer.timestamp();
        }

        @Override
        public PaneInfo pane() {
          return outer.pane();
        }

        @Override
        public String currentRecordId() {
          return outer.currentRecordId();
        }

        @Override
        public Long currentRecordOffset() {
          return outer.currentRecordOffset();
        }

        @Override
        public PipelineOptions getPipelineOptions() {
          return outer.getPipelineOptions();
        }

        @Override
        public void output(OutputT output) {
          if (hasOutputs) {
            outer.output(output);
          }
        }

        @Override
        public void outputWithTimestamp(OutputT output, Instant timestamp) {
          if (hasOutputs) {
            outer.outputWithTimestamp(output, timestamp);
          }
        }

        @Override
        public void outputWindowedValue(
            OutputT output,
            Instant timestamp,
            Collection<? extends BoundedWindow> windows,
            PaneInfo pane) {
          if (hasOutputs) {
            outer.outputWindowedValue(output, timestamp, windows, pane);
          }
        }

        @Override
        public <T> void output(TupleTag<T> tag, T output) {
          if (hasOutputs) {
            outer.output(tag, output);
          }
        }

        @Override
        public <T> void outputWithTimestamp(TupleTag<T> tag, T output, Instant timestamp) {
          if (hasOutputs) {
            outer.outputWithTimestamp(tag, output, timestamp);
          }
        }

        @Override
        public <T> void outputWindowedValue(
            TupleTag<T> tag,
            T output,
            Instant timestamp,
            Collection<? extends BoundedWindow> windows,
            PaneInfo pane) {
          if (hasOutputs) {
            outer.outputWindowedValue(tag, output, timestamp, windows, pane);
          }
        }
      };
    }

    @Override
    public InputT element(DoFn<InputT, OutputT> step) {
      return context.element();
    }

    @Override
    public PipelineOptions pipelineOptions() {
      return context.getPipelineOptions();
    }

    @Override
    public DoFn<InputT, OutputT>.ProcessContext processContext(DoFn<InputT, OutputT> step) {
      return context;
    }

    @Override
    public DoFn.OutputReceiver<OutputT> outputReceiver(DoFn<InputT, OutputT> step) {
      return this;
    }

    @Override
    public void output(OutputT output) {
      context.output(output);
    }

    @Override
    public OutputBuilder<OutputT> builder(OutputT output) {
      throw new UnsupportedOperationException("no step of this program builds its outputs");
    }

    @Override
    public String getErrorContext() {
      return "RepeatedSteps";
    }
  }
}
