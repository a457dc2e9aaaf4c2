package personas.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks that the sample does not depend on how densely files hold users. */
class UnevenFilesTest {
  private static final int DENSE = 120_000;

  @TempDir Path folder;

  private Run segment(String name, Path input) {
    return Run.segment(
            folder.resolve(name),
            "--spec=src/test/resources/specs/seven-of-three.yaml",
            "--maxIterations=2",
            "--input=" + input)
        .succeeded();
  }

  @Test
  void longFieldsThatNobodyAskedForChangeNothing() throws IOException {
    List<String> lines = Run.simulated(DENSE + 10_000, 4);
    Path whole = Files.write(folder.resolve("whole.csv"), lines);
    Path files = Files.createDirectory(folder.resolve("files"));
    Files.write(files.resolve("dense.csv"), lines.subList(0, DENSE + 1));
    String notes = "," + "x".repeat(2_000);
    Files.write(
        files.resolve("sparse.csv"),
        Stream.concat(
                Stream.of(lines.get(0) + ",notes"),
                lines.stream().skip(DENSE + 1).map(line -> line + notes))
            .toList());
    Run expected = segment("whole", whole);
    Run uneven = segment("uneven", files.resolve("*.csv"));
    assertEquals(expected.model().clusters(), uneven.model().clusters());
    assertEquals(expected.model().inertia(), uneven.model().inertia());
    assertArrayEquals(
        expected.rows("assignments").stream().sorted().toArray(),
        uneven.rows("assignments").stream().sorted().toArray());
  }
}
