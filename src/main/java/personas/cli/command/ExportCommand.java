package personas.cli.command;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.beam.sdk.io.FileSystems;
import personas.cli.option.ExitCode;
import personas.cli.option.ExportOptions;
import personas.cli.option.OptionParser;
import personas.cli.option.UsageException;
import personas.cli.plan.FinishedRun;
import personas.cli.plan.FolderPath;
import personas.cli.plan.OutputFile;
import personas.export.SqlDialect;
import personas.export.SqlScoring;

/** {@code export}: writes a finished model in the language of another system. */
public final class ExportCommand {
  /** Names, and names in quotes, with dots between them. */
  private static final Pattern TABLE =
      Pattern.compile(
          "([\\w$-]+|\"[^\"\\n]+\"|`[^`\\n]+`)(\\.([\\w$-]+|\"[^\"\\n]+\"|`[^`\\n]+`))*");

  private ExportCommand() {}

  /** Runs the command and returns the exit code. */
  public static int run(String[] args, PrintStream out) throws UsageException, IOException {
    ExportOptions options = OptionParser.parse(args, ExportOptions.class);
    FileSystems.setDefaultPipelineOptions(options);
    if (options.getModel() == null) {
      throw new UsageException("--model: missing; the model.json of a finished run");
    }
    if (!options.getFormat().equals("sql")) {
      throw new UsageException("--format: " + options.getFormat() + ": is not sql");
    }
    SqlDialect dialect = dialect(options.getDialect());
    if (!TABLE.matcher(options.getTable()).matches()) {
      throw new UsageException(
          "--table: " + options.getTable() + ": is no name of a table, like users or sales.users");
    }
    String model = FolderPath.path(options.getModel());
    String sql = SqlScoring.of(FinishedRun.read("model", model), dialect, options.getTable());
    if (options.getOutput() == null) {
      out.print(sql);
    } else {
      OutputFile.write(options.getOutput(), sql.getBytes(StandardCharsets.UTF_8));
    }
    return ExitCode.DONE;
  }

  private static SqlDialect dialect(String name) throws UsageException {
    String allowed =
        Arrays.stream(SqlDialect.values())
            .map(dialect -> dialect.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(", "));
    for (SqlDialect dialect : SqlDialect.values()) {
      if (dialect.name().toLowerCase(Locale.ROOT).equals(name)) {
        return dialect;
      }
    }
    throw new UsageException(
        "--dialect: " + (name == null ? "missing" : name + ": unknown") + "; one of " + allowed);
  }
}
