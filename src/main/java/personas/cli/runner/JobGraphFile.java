package personas.cli.runner;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.util.construction.renderer.PipelineDotRenderer;

/** Writes the graph of a job for people: {@code dot -Tsvg} draws it. */
public final class JobGraphFile {
  private JobGraphFile() {}

  /** Writes the graph in the DOT language of Graphviz. */
  public static void write(Pipeline job, String file) {
    Path path = Path.of(file).toAbsolutePath();
    try {
      Files.createDirectories(path.getParent());
      Files.writeString(path, PipelineDotRenderer.toDotString(job));
    } catch (IOException e) {
      throw new UncheckedIOException("--jobGraph: " + file + ": " + e.getMessage(), e);
    }
  }
}
