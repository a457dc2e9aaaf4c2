package personas.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.reflect.DoFnInvoker;

/**
 * Runners that stop a run in the middle of a step of the graph: a process waits there to be killed,
 * or the step fails. System properties say where: {@code stop.step} is a part of the name of the
 * step, {@code stop.after} the number of its elements that pass, and {@code stop.reached} the file
 * that says that the step waits; without this file the step fails.
 */
final class StoppedSteps {
  private static final AtomicInteger PASSED = new AtomicInteger();

  private StoppedSteps() {}

  /** Runs an action while a step fails. */
  static Run failing(String step, Supplier<Run> action) {
    System.setProperty("stop.step", step);
    PASSED.set(0);
    try {
      return action.get();
    } finally {
      System.clearProperty("stop.step");
    }
  }

  /** The direct runner; the program knows it by this name. */
  static final class OnDirect {
    private OnDirect() {}

    /** See {@link OnDirect}. */
    public static final class DirectRunner extends RepeatedSteps.Replacing {
      private DirectRunner(PipelineOptions options) {
        super(org.apache.beam.runners.direct.DirectRunner.fromOptions(options), new Stops());
      }

      public static DirectRunner fromOptions(PipelineOptions options) {
        return new DirectRunner(options);
      }
    }
  }

  /** Flink; the program knows it by this name. */
  static final class OnFlink {
    private OnFlink() {}

    /** See {@link OnFlink}. */
    public static final class FlinkRunner extends RepeatedSteps.Replacing {
      private FlinkRunner(PipelineOptions options) {
        super(org.apache.beam.runners.flink.FlinkRunner.fromOptions(options), new Stops());
      }

      public static FlinkRunner fromOptions(PipelineOptions options) {
        return new FlinkRunner(options);
      }
    }
  }

  private static final class Stops implements RepeatedSteps.Repetition {
    @Override
    public <InputT, OutputT> DoFn<InputT, OutputT> of(DoFn<InputT, OutputT> step, String name) {
      return new Stopping<>(step, name);
    }
  }

  static final class Stopping<InputT, OutputT> extends RepeatedSteps.Repeated<InputT, OutputT> {
    private static final long serialVersionUID = 1;

    private final String name;
    private transient DoFnInvoker<InputT, OutputT> only;

    Stopping(DoFn<InputT, OutputT> step, String name) {
      super(step);
      this.name = name;
    }

    @Setup
    public void setup() {
      only = copy();
    }

    @ProcessElement
    public void process(ProcessContext context) throws IOException, InterruptedException {
      String step = System.getProperty("stop.step");
      if (step != null
          && name.contains(step)
          && PASSED.getAndIncrement() >= Integer.getInteger("stop.after", 0)) {
        stop();
      }
      only.invokeProcessElement(new RepeatedSteps.Arguments<>(only.getFn(), context, true));
    }

    private void stop() throws IOException, InterruptedException {
      String reached = System.getProperty("stop.reached");
      if (reached == null) {
        throw new IOException(name + ": stopped by the test");
      }
      Files.writeString(Path.of(reached), "");
      new CountDownLatch(1).await();
    }
  }
}
