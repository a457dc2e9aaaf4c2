package personas.cli;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Folders that remain after a test, so that a person can look into a failure. */
final class TestFiles {
  /** The progress file of the last pass. */
  private static final Pattern PASS = Pattern.compile("pass-(\\d+)");

  private TestFiles() {}

  static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(each);
        }
      }
    }
  }

  /** Whether a run whose staging is below a folder has finished so many passes. */
  static boolean hasPassed(Path folder, int passes) throws IOException {
    if (!Files.isDirectory(folder)) {
      return false;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .map(file -> PASS.matcher(file.getFileName().toString()))
          .anyMatch(pass -> pass.matches() && Integer.parseInt(pass.group(1)) >= passes);
    } catch (UncheckedIOException changedMeanwhile) {
      return false;
    }
  }

  /** Waits until the run of a process has finished so many passes. */
  static void awaitPasses(Process process, Path folder, int passes)
      throws IOException, InterruptedException {
    while (process.isAlive()) {
      if (hasPassed(folder, passes)) {
        return;
      }
      TimeUnit.MILLISECONDS.sleep(5);
    }
    throw new IllegalStateException("the run ended before pass " + passes);
  }

  /** Deletes the files with this ending anywhere below a folder; how many. */
  static int deleteBelow(Path folder, String ending) throws IOException {
    List<Path> found = null;
    while (found == null) {
      try (Stream<Path> files = Files.walk(folder)) {
        found = files.filter(file -> file.toString().endsWith(ending)).toList();
      } catch (UncheckedIOException changedMeanwhile) {
        // Looked at again.
      }
    }
    for (Path file : found) {
      Files.deleteIfExists(file);
    }
    return found.size();
  }

  /** The jar of an artifact on the class path of the tests. */
  static String jar(String artifact) {
    Pattern name = Pattern.compile(".*/" + Pattern.quote(artifact) + "-\\d[^/]*\\.jar");
    return Pattern.compile(File.pathSeparator, Pattern.LITERAL)
        .splitAsStream(System.getProperty("java.class.path"))
        .filter(entry -> name.matcher(entry).matches())
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no " + artifact + " on the class path"));
  }
}
