package personas.pipeline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.beam.runners.direct.DirectOptions;
import org.apache.beam.runners.direct.DirectRunner;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Checks that a simulation writes the same bytes at any parallelism and replaces the files of an
 * earlier one.
 */
class WriteSimulatedUsersTest {
  private static final long SEED = 42;

  @TempDir Path folder;

  private static void write(long users, long chunk, String output, int parallelism)
      throws IOException {
    DirectOptions options = PipelineOptionsFactory.as(DirectOptions.class);
    options.setRunner(DirectRunner.class);
    options.setTargetParallelism(parallelism);
    WriteSimulatedUsers simulation = new WriteSimulatedUsers(users, SEED, output, chunk);
    simulation.removeOld();
    Pipeline pipeline = Pipeline.create(options);
    pipeline.apply("Simulate users", simulation);
    pipeline.run().waitUntilFinish();
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  private static List<String> names(Path folder) throws IOException {
    return files(folder).stream().map(file -> file.getFileName().toString()).toList();
  }

  @Test
  void theBytesDoNotDependOnTheParallelism() throws IOException {
    Path one = Files.createDirectory(folder.resolve("one"));
    Path four = Files.createDirectory(folder.resolve("four"));
    write(2_500, 300, one + "/users.csv", 1);
    write(2_500, 300, four + "/users.csv", 4);
    assertEquals(9, files(one).size());
    assertEquals(names(one), names(four));
    for (Path file : files(one)) {
      assertArrayEquals(
          Files.readAllBytes(file),
          Files.readAllBytes(four.resolve(file.getFileName())),
          file.toString());
    }
  }

  @Test
  void chunksHoldTheUsersOfTheWhole() throws IOException {
    Path whole = folder.resolve("whole.csv");
    write(1_000, 1_000, whole.toString(), 2);
    Path parts = Files.createDirectory(folder.resolve("parts"));
    write(1_000, 300, parts + "/users.csv", 2);
    assertEquals(
        List.of(
            "users-00000-of-00004.csv",
            "users-00001-of-00004.csv",
            "users-00002-of-00004.csv",
            "users-00003-of-00004.csv"),
        names(parts));
    List<String> expected = Files.readAllLines(whole);
    List<String> lines = new ArrayList<>(expected.subList(0, 1));
    for (Path file : files(parts)) {
      List<String> part = Files.readAllLines(file);
      assertEquals(expected.get(0), part.get(0));
      lines.addAll(part.subList(1, part.size()));
    }
    assertEquals(expected, lines);
  }

  @Test
  void leavesNoFileOfAnEarlierSimulation() throws IOException {
    String unfinished = ".01234567-89ab-cdef-0123-456789abcdef.unfinished";
    List<String> old =
        List.of(
            "users.csv",
            "users-00000-of-00007.csv",
            "users-00006-of-00007.csv",
            "users-00001-of-00007.csv" + unfinished,
            "users.csv" + unfinished);
    List<String> others = List.of("other-users.csv", "users-more.csv", "users.csv.gz", "usersxcsv");
    for (String name : old) {
      Files.writeString(folder.resolve(name), "old");
    }
    for (String name : others) {
      Files.writeString(folder.resolve(name), "kept");
    }
    write(20, 10, folder + "/users.csv", 2);
    assertEquals(
        with(others, "users-00000-of-00002.csv", "users-00001-of-00002.csv"), names(folder));
    write(20, 20, folder + "/users.csv", 2);
    assertEquals(with(others, "users.csv"), names(folder));
  }

  private static List<String> with(List<String> names, String... more) {
    return Stream.concat(names.stream(), Stream.of(more)).sorted().toList();
  }

  @Test
  void namesDoNotDependOnTheLocale() throws IOException {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
    try {
      assertNotEquals("1", String.format("%d", 1), "a locale with digits of its own");
      write(20, 10, folder + "/users.csv", 1);
    } finally {
      Locale.setDefault(before);
    }
    assertEquals(List.of("users-00000-of-00002.csv", "users-00001-of-00002.csv"), names(folder));
  }
}
