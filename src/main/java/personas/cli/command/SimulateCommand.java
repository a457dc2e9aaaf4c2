package personas.cli.command;

import java.io.IOException;
import java.io.PrintStream;
import java.util.Locale;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.io.FileSystems;
import personas.cli.exit.ExitCode;
import personas.cli.exit.UsageException;
import personas.cli.option.OptionParser;
import personas.cli.option.SimulateOptions;
import personas.cli.result.FolderPath;
import personas.cli.runner.RunnerSettings;
import personas.pipeline.WriteSimulatedUsers;

/** The command {@code simulate}: writes simulated users to try a segmentation on. */
public final class SimulateCommand {
  private static final long MAX_USERS = 1_000_000_000;
  private static final String DEFAULT_OUTPUT = "out/simulated-users.csv";
  private static final String DEFAULT_ORDERS_OUTPUT = "out/simulated-orders.csv";
  private static final long DEFAULT_SEED = 42;

  private SimulateCommand() {}

  /** Runs the command and returns the exit code. */
  public static int run(String[] args, PrintStream out) throws UsageException, IOException {
    SimulateOptions options = OptionParser.parse(args, SimulateOptions.class);
    long users = users(options.getUsers());
    long seed = seed(options.getSeed());
    RunnerSettings.apply(options, args);
    FileSystems.setDefaultPipelineOptions(options);
    String defaultOutput = options.isOrders() ? DEFAULT_ORDERS_OUTPUT : DEFAULT_OUTPUT;
    String output =
        FolderPath.path(options.getOutput() == null ? defaultOutput : options.getOutput());
    WriteSimulatedUsers simulation =
        options.isOrders()
            ? WriteSimulatedUsers.ofOrders(users, seed, output, WriteSimulatedUsers.ORDERS_CHUNK)
            : new WriteSimulatedUsers(users, seed, output, WriteSimulatedUsers.DEFAULT_CHUNK);
    simulation.removeOld();
    Pipeline pipeline = Pipeline.create(options);
    pipeline.apply("Simulate users", simulation);
    PipelineResult.State state = pipeline.run().waitUntilFinish();
    if (state != PipelineResult.State.DONE) {
      throw new IOException("the job ended as " + state);
    }
    if (!options.isQuiet()) {
      out.println(
          String.format(
              Locale.ROOT,
              options.isOrders() ? "orders of %,d customers in %s" : "%,d users in %s",
              users,
              output));
    }
    return ExitCode.DONE;
  }

  private static long users(String text) throws UsageException {
    try {
      long users = Long.parseLong(text);
      if (users >= 1 && users <= MAX_USERS) {
        return users;
      }
    } catch (NumberFormatException e) {
      // The message is the same as for a number out of range.
    }
    throw new UsageException("--users: '" + text + "' is not in 1.." + MAX_USERS);
  }

  private static long seed(String text) throws UsageException {
    try {
      return text == null ? DEFAULT_SEED : Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new UsageException(
          "--seed: '" + text + "' is not in " + Long.MIN_VALUE + ".." + Long.MAX_VALUE);
    }
  }
}
