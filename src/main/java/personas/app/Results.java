package personas.app;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import org.apache.beam.sdk.io.FileSystems;
import personas.model.Drift;
import personas.model.Model;
import personas.model.ModelJson;
import personas.model.ResultJson;
import personas.model.ScoreResult;
import personas.pipeline.RunPlan;

/** What a finished run left. A job that says it is done and left no model has not done its work. */
final class Results {
  private Results() {}

  static Model read(RunPlan plan) throws IOException {
    return read(plan.output() + "/model.json");
  }

  static ScoreResult readScore(RunPlan plan) throws IOException {
    return read(plan.output() + "/" + ScoreResult.FILE, ScoreResult.class);
  }

  static Drift readDrift(RunPlan plan) throws IOException {
    return read(plan.output() + "/" + Drift.FILE, Drift.class);
  }

  private static <T> T read(String file, Class<T> type) throws IOException {
    try (InputStream in =
        Channels.newInputStream(FileSystems.open(FileSystems.matchNewResource(file, false)))) {
      return ResultJson.read(file, in, type);
    }
  }

  static Model read(String file) throws IOException {
    try (InputStream in =
        Channels.newInputStream(FileSystems.open(FileSystems.matchNewResource(file, false)))) {
      return ModelJson.read(file, in);
    }
  }
}
