package personas.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import personas.cli.runner.RunningJob;
import personas.run.RunOutcome;

/** Checks a signal during publishing: the run publishes all results and says so. */
class CancelPublishingTest {
  @TempDir Path folder;

  /** The run waits for the database, so the signal comes in the midst of publishing. */
  @Test
  void resultsThatAreBeingPublishedBecomeWhole() throws Exception {
    Path programs = PostgreSql.installedOrSkip("CancelPublishingTest");
    Run reference = Run.segment(folder.resolve("reference")).succeeded();
    Path output = folder.resolve("out");
    Path log = folder.resolve("log");
    PostgreSql server = PostgreSql.startIn(programs, folder);
    try {
      server.execute(PostgreSql.ASSIGNMENTS);
      Path spec = server.spec("pipelines/image-platform-users.yaml", folder, "assignments");
      Process process;
      try (Connection lock = server.connect()) {
        PostgreSql.lockFirstUser(lock);
        process = start(output, spec, log);
        server.awaitBlocked(process);
        process.destroy();
        awaitLine(
            process,
            log,
            "canceling: the results are being published, and publishing is completed first");
      }
      assertTrue(process.waitFor(60, TimeUnit.SECONDS), "still running");
      String said = Files.readString(log);
      assertEquals(143, process.exitValue(), said);
      assertTrue(said.contains("but publishing had begun: all results of this run are in"), said);
      // The launcher was stopped, so nobody says how the run ended.
      List<String> names = new ArrayList<>(reference.names());
      assertTrue(names.remove(RunOutcome.FILE));
      assertEquals(names, new Run(0, "", output).names(), said);
      assertEquals(reference.modelTextOfAnySpec(), new Run(0, "", output).modelTextOfAnySpec());
      assertEquals(reference.rows("assignments"), new Run(0, "", output).rows("assignments"));
      assertEquals(List.of("100"), server.rows("SELECT count(*) FROM assignments"));
    } finally {
      server.close();
    }
  }

  private static Process start(Path output, Path spec, Path log) throws IOException {
    return new ProcessBuilder(
            System.getProperty("java.home") + "/bin/java",
            "-cp",
            System.getProperty("java.class.path"),
            "personas.cli.Main",
            "segment",
            "--runner=DirectRunner",
            "--spec=" + spec,
            "--output=" + output)
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
  }

  private static void awaitLine(Process process, Path log, String text) throws Exception {
    while (!Files.readString(log).contains(text)) {
      assertTrue(process.isAlive(), () -> "ended without saying: " + text);
      TimeUnit.MILLISECONDS.sleep(5);
    }
  }

  /** Between two jobs of a run there is none to cancel. */
  @Test
  void noJobStartsAfterASignal() throws IOException {
    RunningJob job = new RunningJob();
    job.cancel();
    Pipeline pipeline = Pipeline.create(PipelineOptionsFactory.create());
    assertEquals("canceled", assertThrows(IOException.class, () -> job.run(pipeline)).getMessage());
  }
}
