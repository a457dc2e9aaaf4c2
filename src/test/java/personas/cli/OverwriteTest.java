package personas.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import personas.cli.exit.ExitCode;

/** Checks that a run replaces the results of another segmentation only with {@code --overwrite}. */
class OverwriteTest {
  private static final String USERS = "--input=data/customer_segmentation_data.csv";

  @TempDir Path folder;

  private Path out() {
    return folder.resolve("out");
  }

  private String spec(String name) throws IOException {
    Path file = folder.resolve(name + ".yaml");
    Files.writeString(
        file,
        "name: '"
            + name
            + "'\ninput: {id: user_id}\nfeatures: [{name: images_generated_monthly}]\n");
    return "--spec=" + file;
  }

  private void assertRefused(Run run, String... says) {
    assertEquals(ExitCode.USAGE, run.exitCode(), run.errors());
    for (String part : says) {
      assertTrue(run.errors().contains(part), run.errors());
    }
  }

  @Test
  void anotherSegmentationNeedsTheFlag() throws IOException {
    Run.segment(out(), spec("one"), USERS).succeeded();
    Run.segment(out(), spec("one"), USERS, "--k=4").succeeded();
    String model = new Run(0, "", out()).modelText();
    assertRefused(
        Run.segment(out(), spec("two"), USERS), "out/model.json", "'one'", "'two'", "--overwrite");
    assertEquals(model, new Run(0, "", out()).modelText());
    Run.segment(out(), spec("two"), USERS, "--overwrite").succeeded();
    assertEquals("two", new Run(0, "", out()).model().spec().name());
  }

  @Test
  void aScoreAndAReportOfAnotherSegmentationNeedItToo() throws IOException {
    for (String name : List.of("one", "two")) {
      Run.segment(folder.resolve(name), spec(name), USERS).succeeded();
    }
    String two = "--model=" + folder.resolve("two/model.json");
    String to = "--output=" + out();
    Run.command(out(), "score", "--quiet", "--model=" + folder.resolve("one/model.json"), USERS, to)
        .succeeded();
    assertRefused(Run.command(out(), "score", "--quiet", two, USERS, to), "score.json", "'one'");
    assertRefused(Run.segment(out(), spec("two"), USERS), "score.json", "'one'");
    Run.command(out(), "score", "--quiet", two, USERS, to, "--overwrite").succeeded();
    assertEquals("two", new Run(0, "", out()).score().model());
    String onto = "--output=" + folder.resolve("one");
    assertRefused(Run.command(out(), "report", "--quiet", two, onto), "one/model.json");
    Run.command(out(), "report", "--quiet", two, onto, "--overwrite").succeeded();
  }

  /** A file of the same name that names no segmentation is a leftover, as it was before. */
  @Test
  void aFileThatNamesNoSegmentationIsReplaced() throws IOException {
    Files.createDirectories(out());
    for (String content : List.of("", "{}", "[1]", "not JSON", "{\"spec\": {\"name\": 7}}")) {
      Files.writeString(out().resolve("model.json"), content);
      Run.segment(out(), spec("one"), USERS).succeeded();
    }
  }
}
