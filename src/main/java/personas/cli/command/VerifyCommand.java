package personas.cli.command;

import java.io.IOException;
import java.io.PrintStream;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import personas.cli.exit.UsageException;
import personas.cli.exit.Verdict;
import personas.cli.exit.VerdictException;
import personas.cli.job.BatchCommand;
import personas.cli.option.VerifyOptions;
import personas.cli.plan.VerifyPlanner;
import personas.cli.result.FinishedRun;
import personas.cli.result.RunFigures;
import personas.connector.storage.Folder;
import personas.model.Model;
import personas.run.RunPlan;
import personas.spec.SpecException;
import personas.text.TerminalText;

/** The command {@code verify}: runs a finished run again and checks that the bytes are the same. */
public final class VerifyCommand implements BatchCommand.Kind<VerifyOptions> {
  private VerifyPlanner planner;
  private Model replayedModel;

  private VerifyCommand() {}

  /** Runs the command and returns the exit code. */
  public static int run(String[] args, PrintStream out)
      throws UsageException, SpecException, IOException, VerdictException {
    return BatchCommand.run(new VerifyCommand(), args, out);
  }

  @Override
  public Class<VerifyOptions> flags() {
    return VerifyOptions.class;
  }

  @Override
  public RunPlan plan(VerifyOptions options)
      throws UsageException, SpecException, IOException, VerdictException {
    planner = new VerifyPlanner(options);
    return planner.read();
  }

  @Override
  public String name() {
    return "verify";
  }

  /** Returns all verdicts; the planner refuses {@code --failOn}, which lists verdicts. */
  @Override
  public Set<Verdict> verdicts() {
    return EnumSet.allOf(Verdict.class);
  }

  @Override
  public BatchCommand.Results read(RunPlan plan) throws IOException {
    replayedModel = FinishedRun.readModel(plan);
    return new Replay(RunFigures.of(replayedModel, null, FinishedRun.readEvents(plan)));
  }

  @Override
  public void finish(boolean isAccepted, PrintStream out) throws IOException, VerdictException {
    planner.compare();
    out.println(
        TerminalText.line(
            String.format(
                Locale.ROOT,
                "same bytes: %s, from %,d records",
                planner.modelFile(),
                replayedModel.receipt().records())));
  }

  @Override
  public void close() {
    if (planner == null || planner.output().isEmpty()) {
      return;
    }
    String folder = planner.output().get();
    try {
      new Folder(folder).deleteTree();
    } catch (IOException | RuntimeException e) {
      System.err.println(
          TerminalText.lines(
              "Files of the replay may be left in " + folder + ": " + e.getMessage()));
    }
  }

  /** The results of the replay. They are not printed, because only the comparison matters. */
  private record Replay(RunFigures figures) implements BatchCommand.Results {
    @Override
    public void print(PrintStream out) {}
  }
}
