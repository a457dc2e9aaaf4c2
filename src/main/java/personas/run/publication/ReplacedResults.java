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
 * The results that a run had replaced when it was killed. What the run staged is removed, but these
 * files are kept in a hidden folder of the output folder until a later run has published: else a
 * later run that fails would leave the user without any results. On a local file system; in a
 * bucket, replaced files are deleted at once.
 */
public final class ReplacedResults {
  private static final String PREFIX = ".previous-results-";

  private ReplacedResults() {}

  /**
   * Moves what a dead run had replaced out of its publish folder.
   *
   * @param publishFolder a folder in the output folder, which nobody uses any more
   * @return the folder with the files; empty if the run had replaced nothing, or had published all
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

  /** What a folder holds under names with a beginning, sorted; nothing if it does not exist. */
  private static List<Path> list(Path folder, String beginning) throws IOException {
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith(beginning))
          .sorted()
          .toList();
    }
  }

  /** Removes what is kept, because a later run has published. */
  public static void forget(String output) throws IOException {
    if (output.contains("://")) {
      return;
    }
    for (Path kept : list(Path.of(output), PREFIX)) {
      new Folder(kept.toString()).deleteTree();
    }
  }
}
