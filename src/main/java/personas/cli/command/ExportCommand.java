package personas.cli.command;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.beam.sdk.io.FileSystems;
import personas.cli.exit.ExitCode;
import personas.cli.exit.UsageException;
import personas.cli.option.ExportOptions;
import personas.cli.option.OptionParser;
import personas.cli.result.FinishedRun;
import personas.cli.result.FolderPath;
import personas.cli.result.OutputFile;
import personas.export.OnnxScoring;
import personas.export.PmmlScoring;
import personas.export.SqlScoring;
import personas.model.Model;
import personas.spec.SpecException;
import personas.text.sql.SqlDialect;

/** The command {@code export}: writes a finished model in the language of another system. */
public final class ExportCommand {
  /** The name of a table: names, or names in quotes, with dots between them. */
  private static final Pattern TABLE =
      Pattern.compile(
          "([\\w$-]+|\"[^\"\\n]+\"|`[^`\\n]+`)(\\.([\\w$-]+|\"[^\"\\n]+\"|`[^`\\n]+`))*");

  private static final List<String> TYPING_FLAGS =
      List.of("input", "spec", "id", "features", "accuracy", "maxRejectedShare");

  private ExportCommand() {}

  /** Runs the command and returns the exit code. */
  public static int run(String[] args, PrintStream out)
      throws UsageException, SpecException, IOException {
    ExportOptions options = OptionParser.parse(args, ExportOptions.class);
    FileSystems.setDefaultPipelineOptions(options);
    if (options.getModel() == null) {
      throw new UsageException("--model: missing; name the model.json of a finished run");
    }
    if (options.getFormat().equals("typing")) {
      return new TypingExport(options, args, out).run(typingDialect(options));
    }
    refuseFlagsOfTyping(args);
    if (options.getFormat().equals("onnx")) {
      OutputFile.write(onnxFile(options), onnx(options));
      return ExitCode.DONE;
    }
    String text =
        switch (options.getFormat()) {
          case "sql" -> sql(options);
          case "pmml" -> pmml(options);
          default ->
              throw new UsageException(
                  "--format: " + options.getFormat() + ": is not one of sql, pmml, onnx, typing");
        };
    if (options.getOutput() == null) {
      out.print(text);
    } else {
      OutputFile.write(options.getOutput(), text.getBytes(StandardCharsets.UTF_8));
    }
    return ExitCode.DONE;
  }

  private static Model model(ExportOptions options) throws UsageException, IOException {
    return FinishedRun.read("model", FolderPath.path(options.getModel()));
  }

  private static void refuseFlagsOfTyping(String[] args) throws UsageException {
    for (String flag : TYPING_FLAGS) {
      if (Arrays.stream(args).anyMatch(arg -> arg.startsWith("--" + flag + "="))) {
        throw new UsageException("--" + flag + ": applies only to --format=typing; remove it");
      }
    }
  }

  private static SqlDialect typingDialect(ExportOptions options) throws UsageException {
    checkTable(options);
    return options.getDialect() == null ? SqlDialect.POSTGRES : dialect(options.getDialect());
  }

  private static String sql(ExportOptions options) throws UsageException, IOException {
    SqlDialect dialect = dialect(options.getDialect());
    checkTable(options);
    return SqlScoring.of(model(options), dialect, options.getTable());
  }

  private static void checkTable(ExportOptions options) throws UsageException {
    if (!TABLE.matcher(options.getTable()).matches()) {
      throw new UsageException(
          "--table: "
              + options.getTable()
              + ": is not the name of a table, like users or sales.users");
    }
  }

  private static String pmml(ExportOptions options) throws UsageException, IOException {
    refuseDialect(options);
    try {
      return PmmlScoring.of(model(options));
    } catch (IllegalArgumentException e) {
      throw new UsageException("--model: " + options.getModel() + ": " + e.getMessage());
    }
  }

  private static String onnxFile(ExportOptions options) throws UsageException {
    if (options.getOutput() == null) {
      throw new UsageException(
          "--output: missing; an ONNX model is not text, so name a file for it");
    }
    return options.getOutput();
  }

  private static byte[] onnx(ExportOptions options) throws UsageException, IOException {
    refuseDialect(options);
    return OnnxScoring.of(model(options));
  }

  private static void refuseDialect(ExportOptions options) throws UsageException {
    if (options.getDialect() != null) {
      throw new UsageException(
          "--dialect: "
              + options.getDialect()
              + ": applies only to --format=sql and --format=typing; remove it");
    }
  }

  private static SqlDialect dialect(String name) throws UsageException {
    // MySQL is not allowed, because no test compares the personas of MySQL with the personas of the
    // command score.
    List<SqlDialect> allowed =
        Arrays.stream(SqlDialect.values())
            .filter(candidate -> candidate != SqlDialect.MYSQL)
            .toList();
    Optional<SqlDialect> dialect = SqlDialect.of(name).filter(allowed::contains);
    if (dialect.isPresent()) {
      return dialect.get();
    }
    throw new UsageException(
        "--dialect: "
            + (name == null ? "missing" : name + ": unknown")
            + "; one of "
            + allowed.stream().map(SqlDialect::lowerCase).collect(Collectors.joining(", ")));
  }
}
