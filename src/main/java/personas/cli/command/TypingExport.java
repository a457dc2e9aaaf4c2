package personas.cli.command;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import personas.cli.exit.ExitCode;
import personas.cli.exit.UsageException;
import personas.cli.job.ValueJob;
import personas.cli.option.ExportOptions;
import personas.cli.option.ScoreOptions;
import personas.cli.plan.ScorePlanner;
import personas.cli.result.FolderPath;
import personas.cli.result.OutputFile;
import personas.cli.runner.RunnerSettings;
import personas.cli.runner.StagingOwner;
import personas.export.TypingFormula;
import personas.export.TypingPage;
import personas.export.TypingSql;
import personas.export.TypingSummary;
import personas.export.typing.TypingFit;
import personas.export.typing.TypingResult;
import personas.feature.shard.UserSample;
import personas.model.JsonFile;
import personas.model.Model;
import personas.pipeline.BatchJobs;
import personas.run.RunPlan;
import personas.spec.SpecException;
import personas.text.sql.SqlDialect;

/**
 * The command {@code export --format=typing}: a job draws a sample of users, and this process fits
 * the typing tool to the sample and writes its files.
 */
final class TypingExport {
  private static final int DEFAULT_FEATURES = 3;
  private static final int MAX_FEATURES = 12;
  private static final double DEFAULT_ACCURACY = 0.95;

  private final ExportOptions options;
  private final String[] args;
  private final PrintStream out;

  TypingExport(ExportOptions options, String[] args, PrintStream out) {
    this.options = options;
    this.args = args.clone();
    this.out = out;
  }

  int run(SqlDialect dialect) throws UsageException, SpecException, IOException {
    int featureLimit = featureLimit();
    double targetAccuracy = targetAccuracy();
    if (options.getOutput() == null) {
      throw new UsageException(
          "--output: missing; --format=typing writes four files into a folder");
    }
    String folder = FolderPath.path(options.getOutput());
    RunnerSettings.apply(options, args);
    RunnerSettings.checkEngine(options);
    ScorePlanner planner =
        new ScorePlanner(options.as(ScoreOptions.class), "export --format=typing");
    Model model = planner.model();
    RunPlan plan = planner.readSample(model, folder);
    StagingOwner.removeAbandoned(plan.folders());
    Optional<UserSample> sample =
        new ValueJob<>(
                options, plan.folders(), () -> BatchJobs.sample(options, plan), plan::readSample)
            .run();
    if (sample.isEmpty()) {
      return ExitCode.FAILED;
    }
    write(
        result(model, plan, sample.get(), featureLimit, targetAccuracy),
        plan.spec().input().id(),
        dialect,
        folder);
    return ExitCode.DONE;
  }

  private int featureLimit() throws UsageException {
    int featureLimit = options.getFeatures() == null ? DEFAULT_FEATURES : options.getFeatures();
    if (featureLimit < 1 || featureLimit > MAX_FEATURES) {
      throw new UsageException("--features: " + featureLimit + " is not in 1.." + MAX_FEATURES);
    }
    return featureLimit;
  }

  private double targetAccuracy() throws UsageException {
    double targetAccuracy =
        options.getAccuracy() == null ? DEFAULT_ACCURACY : options.getAccuracy();
    if (!(targetAccuracy >= 0 && targetAccuracy <= 1)) {
      throw new UsageException("--accuracy: " + targetAccuracy + " is not in 0..1");
    }
    return targetAccuracy;
  }

  private TypingResult result(
      Model model, RunPlan plan, UserSample sample, int featureLimit, double targetAccuracy)
      throws UsageException {
    try {
      return TypingFit.of(
          model, plan.models().scoringModel(), sample, featureLimit, targetAccuracy);
    } catch (IllegalArgumentException e) {
      throw new UsageException("--format=typing: " + e.getMessage());
    }
  }

  private void write(TypingResult result, String id, SqlDialect dialect, String folder)
      throws IOException {
    Map<String, String> files = new LinkedHashMap<>();
    files.put("typing.html", TypingPage.html(result));
    files.put("typing.json", json(result));
    files.put("typing.sql", TypingSql.of(result, id, dialect, options.getTable()));
    files.put("typing.txt", TypingFormula.text(result));
    for (Map.Entry<String, String> file : files.entrySet()) {
      OutputFile.write(
          folder + "/" + file.getKey(), file.getValue().getBytes(StandardCharsets.UTF_8));
    }
    if (!options.isQuiet()) {
      new TypingSummary(result).lines().forEach(out::println);
      out.println();
      for (String file : files.keySet()) {
        out.println(
            folder
                + "/"
                + file
                + (file.endsWith(".sql")
                    ? " (" + dialect.name().toLowerCase(Locale.ROOT) + ")"
                    : ""));
      }
    }
  }

  private static String json(TypingResult result) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    JsonFile.write(result, bytes);
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
