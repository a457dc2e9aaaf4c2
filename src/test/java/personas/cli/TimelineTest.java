package personas.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import personas.model.JsonFile;
import personas.model.timeline.Timeline;

/** The timeline of all runs of a segmentation, by the real command. */
class TimelineTest {
  /** The timeline of the runs in the folders of a pattern. */
  static Timeline of(String runs, Path output) throws IOException {
    Run.command(output, "timeline", "--quiet", "--runs=" + runs, "--output=" + output).succeeded();
    try (InputStream in = Files.newInputStream(output.resolve(Timeline.FILE))) {
      return JsonFile.read(Timeline.FILE, in, Timeline.class);
    }
  }
}
