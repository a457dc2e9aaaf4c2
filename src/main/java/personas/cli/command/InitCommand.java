package personas.cli.command;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.apache.beam.sdk.io.FileSystems;
import personas.cli.exit.ExitCode;
import personas.cli.exit.UsageException;
import personas.cli.job.ValueJob;
import personas.cli.option.InitOptions;
import personas.cli.option.OptionParser;
import personas.cli.plan.DatabaseInspection;
import personas.cli.plan.InputInspection;
import personas.cli.result.OutputFile;
import personas.cli.runner.RunnerSettings;
import personas.cli.runner.StagingOwner;
import personas.connector.contract.StagingRequest;
import personas.connector.storage.FilePattern;
import personas.inspect.ProfileTable;
import personas.inspect.SpecText;
import personas.inspect.TableProfile;
import personas.pipeline.BatchJobs;
import personas.text.TerminalText;

/** The command {@code init}: inspects a table and writes a spec for it. */
public final class InitCommand {
  private InitCommand() {}

  /** Runs the command and returns the exit code. */
  public static int run(String[] args, PrintStream out) throws UsageException, IOException {
    InitOptions options = OptionParser.parse(args, InitOptions.class);
    FileSystems.setDefaultPipelineOptions(options);
    String input = options.getInput();
    if (input == null || input.isBlank()) {
      throw new UsageException("--input: missing; give the table to inspect");
    }
    return DatabaseInspection.isDatabase(input)
        ? inspectDatabase(options, args, out)
        : inspectFiles(options, out);
  }

  private static int inspectFiles(InitOptions options, PrintStream out)
      throws UsageException, IOException {
    if (options.getQuery() != null || options.getUser() != null) {
      throw new UsageException(
          "--query and --user: need a database as --input, such as jdbc:postgresql://host/shop");
    }
    String name = InputInspection.nameOf(options.getInput());
    String output = specFile(options, name);
    TableProfile table = InputInspection.inspect(options.getInput());
    write(SpecText.of(table, name), output);
    if (!options.isQuiet()) {
      print(table, output, out);
    }
    return ExitCode.DONE;
  }

  private static int inspectDatabase(InitOptions options, String[] args, PrintStream out)
      throws UsageException, IOException {
    RunnerSettings.apply(options, args);
    DatabaseInspection database = new DatabaseInspection(options);
    String output = specFile(options, database.name());
    StagingRequest request = database.request();
    StagingOwner.removeAbandoned(database.folders());
    Optional<TableProfile> table =
        new ValueJob<>(
                options,
                database.folders(),
                () -> BatchJobs.rows(options, database.rows(), request),
                database::inspect)
            .run();
    if (table.isEmpty()) {
      return ExitCode.FAILED;
    }
    write(SpecText.of(table.get(), database.name(), database.keys()), output);
    if (!options.isQuiet()) {
      print(table.get(), output, out);
    }
    return ExitCode.DONE;
  }

  /**
   * Returns the file to write the spec to. Refuses a file that exists, unless {@code --overwrite}
   * is set.
   */
  private static String specFile(InitOptions options, String name)
      throws UsageException, IOException {
    String output = options.getOutput() == null ? name + ".yaml" : options.getOutput();
    if (!options.isOverwrite() && !FilePattern.files(output).isEmpty()) {
      throw new UsageException(
          "--output: " + output + ": the file already exists; give --overwrite to replace it");
    }
    return output;
  }

  private static void write(String spec, String output) throws UsageException, IOException {
    OutputFile.write(output, spec.getBytes(StandardCharsets.UTF_8));
  }

  private static void print(TableProfile table, String output, PrintStream out) {
    out.println(
        String.format(
            Locale.ROOT,
            "%s: %,d records%s, %,d columns",
            TerminalText.line(table.input()),
            table.records(),
            table.isWhole() ? "" : " of an even sample",
            table.columns().size()));
    out.println();
    ProfileTable.lines(table).forEach(out::println);
    out.println();
    if (table.isEventLog()) {
      out.println(table.eventSentence());
    }
    out.println(
        TerminalText.line(
            String.format(
                Locale.ROOT,
                "%s has %,d %s. Check the file and edit it, then run: segment --spec=%s",
                output,
                table.features().size(),
                table.features().size() == 1 ? "feature" : "features",
                output)));
  }
}
