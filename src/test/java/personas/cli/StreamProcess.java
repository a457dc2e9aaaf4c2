package personas.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The score of a stream in a separate process, because a signal ends it. */
final class StreamProcess implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 120;

  private final Process process;
  private final Path log;

  StreamProcess(Path log, String... flags) throws IOException {
    this(System.getProperty("java.class.path"), log, flags);
  }

  StreamProcess(String classPath, Path log, String... flags) throws IOException {
    this.log = log;
    List<String> command =
        new ArrayList<>(
            List.of(
                System.getProperty("java.home") + "/bin/java",
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath,
                "personas.cli.Main",
                "score"));
    command.addAll(List.of(flags));
    process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
  }

  String log() throws IOException {
    return Files.readString(log);
  }

  /** Waits until it says something. */
  void awaitLog(String text) throws IOException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!log().contains(text)) {
      assertTrue(process.isAlive() && System.nanoTime() < end, "no '" + text + "' in: " + log());
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  /** SIGTERM; the stream ends well. */
  void stop() throws IOException, InterruptedException {
    process.destroy();
    assertTrue(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS), "still running: " + log());
    assertEquals(0, process.exitValue(), log());
  }

  /** SIGKILL: nothing of it has a chance to tidy up. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  int awaitEnd() throws IOException, InterruptedException {
    assertTrue(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS), "still running: " + log());
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
