package personas.cli.runner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.util.construction.renderer.PipelineDotRenderer;
import personas.cli.exit.UsageException;

/** Writes the graph of a job to a file. {@code dot -Tsvg} draws a picture of the graph. */
public final class JobGraphFile {
  private JobGraphFile() {}

  /**
   * Writes the graph in the DOT language of Graphviz.
   *
   * @param job the job
   * @param file the local path of the file
   * @throws UsageException if the file cannot be written
   */
  public static void write(Pipeline job, String file) throws UsageException {
    try {
      Path path = Path.of(file).toAbsolutePath();
      Files.createDirectories(path.getParent());
      Files.writeString(path, PipelineDotRenderer.toDotString(job));
    } catch (IOException | InvalidPathException e) {
      throw new UsageException(
          "--jobGraph: "
              + file
              + ": cannot be written ("
              + e
              + "); name a file in a local folder that you may write to");
    }
  }
}
