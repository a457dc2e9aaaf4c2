package personas.cli.command;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.apache.beam.sdk.io.FileSystems;
import personas.cli.option.ExitCode;
import personas.cli.option.InitOptions;
import personas.cli.option.OptionParser;
import personas.cli.option.UsageException;
import personas.cli.plan.InputInspection;
import personas.cli.plan.OutputFile;
import personas.connector.storage.FilePattern;
import personas.inspect.ProfileTable;
import personas.inspect.Proposal;
import personas.inspect.SpecText;
import personas.inspect.TableProfile;
import personas.text.TerminalText;

/** {@code init}: inspects a table and writes a spec for it. */
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
    String name = InputInspection.nameOf(input);
    String output = options.getOutput() == null ? name + ".yaml" : options.getOutput();
    if (!options.isOverwrite() && !FilePattern.files(output).isEmpty()) {
      throw new UsageException(
          "--output: " + output + ": exists already; give --overwrite to replace it");
    }
    TableProfile table = InputInspection.inspect(input);
    OutputFile.write(output, SpecText.of(table, name).getBytes(StandardCharsets.UTF_8));
    if (!options.isQuiet()) {
      print(table, output, out);
    }
    return ExitCode.DONE;
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
    out.println(
        TerminalText.line(
            String.format(
                Locale.ROOT,
                "%s has %,d %s. Read it, change what you know better, then run: segment --spec=%s",
                output,
                table.of(Proposal.Role.FEATURE).size(),
                table.of(Proposal.Role.FEATURE).size() == 1 ? "feature" : "features",
                output)));
  }
}
