package personas.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.logging.LogManager;
import personas.cli.command.ChooseCommand;
import personas.cli.command.CompareCommand;
import personas.cli.command.ExportCommand;
import personas.cli.command.InitCommand;
import personas.cli.command.RenameCommand;
import personas.cli.command.ReportCommand;
import personas.cli.command.ScoreCommand;
import personas.cli.command.SegmentCommand;
import personas.cli.command.SimulateCommand;
import personas.cli.command.TimelineCommand;
import personas.cli.command.VerifyCommand;
import personas.cli.console.CommandHelp;
import personas.cli.console.Help;
import personas.cli.exit.ExitCode;
import personas.cli.exit.UsageException;
import personas.cli.exit.VerdictException;
import personas.cli.runner.RunnerSettings;
import personas.model.ProgramName;
import personas.spec.SpecException;
import personas.table.ledger.BadInputException;
import personas.table.ledger.DataRefusedException;
import personas.text.TerminalText;

/** The entry point of all commands on every runner. */
public final class Main {
  private Main() {}

  /** Runs the command that {@code args[0]} names and ends the process. */
  public static void main(String[] args) {
    configureLogging();
    // Output is UTF-8, because a scheduler or a container often has no locale.
    System.setOut(new PrintStream(new FileOutputStream(FileDescriptor.out), true, UTF_8));
    System.setErr(new PrintStream(new FileOutputStream(FileDescriptor.err), true, UTF_8));
    Outcome outcome = outcome(args);
    outcome.print();
    if (!RunnerSettings.isCalledByEngine(args)) {
      System.exit(outcome.exitCode());
    } else if (outcome.exitCode() != ExitCode.DONE) {
      // System.exit would end the job manager before it has recorded how the application ended.
      throw new IllegalStateException(outcome.toString(), outcome.cause());
    }
  }

  /**
   * Runs the command that {@code args[0]} names.
   *
   * @return the exit code, one of {@link ExitCode}
   */
  static int run(String[] args) {
    Outcome outcome = outcome(args);
    outcome.print();
    return outcome.exitCode();
  }

  /**
   * The outcome of a command.
   *
   * @param exitCode the exit code of the process
   * @param message the message for people; empty if there is none
   * @param cause the failure; null if there is none, for example after a mistake in the command
   *     line
   */
  private record Outcome(int exitCode, String message, Throwable cause) {
    void print() {
      if (!message.isEmpty()) {
        System.err.println(TerminalText.lines(message));
      }
      if (cause != null && System.getProperty("personas.debug") != null) {
        cause.printStackTrace();
      }
    }

    @Override
    public String toString() {
      return "exit code " + exitCode + (message.isEmpty() ? "" : ": " + message);
    }
  }

  private static Outcome outcome(String[] args) {
    try {
      return new Outcome(dispatch(args), "", null);
    } catch (UsageException | SpecException e) {
      return new Outcome(ExitCode.USAGE, e.getMessage(), null);
    } catch (VerdictException e) {
      return new Outcome(e.exitCode(), e.getMessage(), null);
    } catch (Throwable failure) {
      // Errors are caught too, because engines keep threads alive, and the process would not end.
      return failed(failure);
    }
  }

  private static int dispatch(String[] args)
      throws UsageException, SpecException, IOException, VerdictException {
    String command = args.length == 0 ? "" : args[0];
    String[] flags = args.length == 0 ? args : Arrays.copyOfRange(args, 1, args.length);
    Optional<CommandHelp> help = CommandHelp.of(command);
    if (help.isPresent() && Arrays.asList(flags).contains("--help")) {
      Help.print(help.get(), System.out);
      return ExitCode.DONE;
    }
    return switch (command) {
      case "init" -> InitCommand.run(flags, System.out);
      case "segment" -> SegmentCommand.run(flags, System.out);
      case "choose" -> ChooseCommand.run(flags, System.out);
      case "score" -> ScoreCommand.run(flags, System.out);
      case "compare" -> CompareCommand.run(flags, System.out);
      case "timeline" -> TimelineCommand.run(flags, System.out);
      case "export" -> ExportCommand.run(flags, System.out);
      case "report" -> ReportCommand.run(flags, System.out);
      case "rename" -> RenameCommand.run(flags, System.out);
      case "verify" -> VerifyCommand.run(flags, System.out);
      case "simulate" -> SimulateCommand.run(flags, System.out);
      case "help", "--help" -> help(flags);
      case "--version" -> {
        System.out.println(ProgramName.TEXT);
        yield ExitCode.DONE;
      }
      default -> throw unknown(command);
    };
  }

  private static int help(String[] args) throws UsageException {
    // A launcher adds the flags of the runner, so the first argument may be a flag.
    if (args.length == 0 || args[0].startsWith("--")) {
      Help.print(System.out);
      return ExitCode.DONE;
    }
    Help.print(CommandHelp.of(args[0]).orElseThrow(() -> unknown(args[0])), System.out);
    return ExitCode.DONE;
  }

  private static UsageException unknown(String command) {
    String nearest =
        CommandHelp.nearest(command).map(name -> "; did you mean " + name + "?").orElse("");
    return new UsageException(
        (command.isEmpty() ? "a command is missing" : command + ": unknown command")
            + nearest
            + "; commands: "
            + String.join(", ", CommandHelp.names()));
  }

  /** Configures logging with the file in this jar, unless a system property names another file. */
  private static void configureLogging() {
    if (System.getProperty("java.util.logging.config.file") != null) {
      return;
    }
    try (InputStream in = Main.class.getResourceAsStream("/logging.properties")) {
      LogManager.getLogManager().readConfiguration(in);
    } catch (IOException e) {
      System.err.println(
          "The logging configuration cannot be read, so Java's default applies: " + e);
    }
  }

  private static Outcome failed(Throwable failure) {
    Throwable cause = failure;
    for (Throwable next = failure; next != null; next = next.getCause()) {
      cause = next;
      if (next instanceof BadInputException || next instanceof DataRefusedException) {
        // Flink keeps the job manager after a failed job only if Flink's exception is among the
        // causes.
        return new Outcome(ExitCode.DATA_REFUSED, next.getMessage(), failure);
      }
    }
    return new Outcome(ExitCode.FAILED, "failed: " + cause, failure);
  }
}
