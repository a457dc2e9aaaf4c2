package personas.run.publication;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import personas.connector.storage.Folder;

/**
 * Keeps the results that a killed run had replaced. The files stay in a hidden folder within the
 * output folder until a later run has published, so they are not lost even if the later run fails.
 * This works on a local file system only; in a bucket, replaced files are deleted at once.
 */
public final class ReplacedResults {
  private static final String PREFIX = ".previous-results-";

  private ReplacedResults() {}

  /**
   * Moves the replaced results of a dead run out of its publish folder.
   *
   * @param publishFolder the publish folder of the dead run, which is in the output folder
   * @return the folder with the files; empty if the run had not replaced a file, or had published
   *     all results
   */
  public static Optional<String> keep(Path publishFolder) throws IOException {
    List<Path> replaced = replaced(publishFolder);
    if (replaced.isEmpty() || Publication.committed(new Folder(publishFolder.toString()))) {
      return Optional.empty();
    }
    String run = publishFolder.getFileName().toString().substring(Folder.STAGING_PREFIX.length());
    Path kept = publishFolder.resolveSibling(PREFIX + run);
    Files.createDirectories(kept);
    for (Path file : replaced) {
      Files.move(file, kept.resolve(file.getFileName()));
    }
    return Optional.of(kept.toString());
  }

  private static List<Path> replaced(Path publishFolder) throws IOException {
    List<Path> files = new ArrayList<>();
    for (Path attempt : list(publishFolder, Publication.ATTEMPT)) {
      files.addAll(list(attempt.resolve(Publication.REPLACED), ""));
    }
    return files;
  }

  /**
   * Returns the files of a folder whose names begin with a prefix, sorted; an empty list if the
   * folder does not exist.
   */
  private static List<Path> list(Path folder, String prefix) throws IOException {
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith(prefix))
          .sorted()
          .toList();
    }
  }

  /** Deletes the kept files, after a later run has published. */
  public static void deleteKept(String output) throws IOException {
    if (output.contains("://")) {
      return;
    }
    for (Path kept : list(Path.of(output), PREFIX)) {
      new Folder(kept.toString()).deleteTree();
    }
  }
}
