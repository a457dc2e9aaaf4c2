package personas.cli.result;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.io.fs.ResourceId;
import personas.cli.exit.UsageException;
import personas.run.RunFolders;

/** Refuses input that lies where it cannot be read, or would not outlive the run. */
public final class InputFileChecks {
  private static final Pattern TABLE =
      Pattern.compile("[^._].*?(\\.(csv|tsv|txt|jsonl|json|parquet|avro)(\\.gz)?)");

  /** How deep, and how far, a folder is searched for an example. */
  private static final int MOST_FOLDERS = 4;

  private static final int MOST_FILES = 1000;

  private InputFileChecks() {}

  /**
   * A folder has no records, and a pipe gives them once, where a run reads a file several times.
   */
  public static void refuseOther(String flag, List<MatchResult.Metadata> files)
      throws UsageException, IOException {
    for (MatchResult.Metadata file : files) {
      ResourceId found = file.resourceId();
      if (found.isDirectory()) {
        String folder = found.toString().replaceFirst("/$", "");
        throw new UsageException(
            String.format(
                "--%s: %s: is a folder; its files are named by a pattern like %s/%s",
                flag, folder, folder, isLocal(found) ? pattern(Path.of(folder)) : "*.csv"));
      }
      if (isLocal(found) && !Files.isRegularFile(Path.of(found.toString()))) {
        throw new UsageException(
            "--" + flag + ": " + found + ": is no regular file; write it to one first");
      }
    }
  }

  /** A pattern for the files of a folder, by the endings of the tables in it. */
  private static String pattern(Path folder) throws IOException {
    List<Path> tables;
    try (Stream<Path> files = Files.walk(folder, MOST_FOLDERS)) {
      tables =
          files
              .limit(MOST_FILES)
              .filter(file -> TABLE.matcher(file.getFileName().toString()).matches())
              .sorted()
              .toList();
    } catch (UncheckedIOException e) {
      tables = List.of();
    }
    if (tables.isEmpty()) {
      return "*.csv";
    }
    Matcher name = TABLE.matcher(tables.get(0).getFileName().toString());
    String ending = name.matches() ? name.group(1) : ".csv";
    boolean isDirect = tables.stream().allMatch(file -> file.getParent().equals(folder));
    return (isDirect ? "*" : "**/*") + ending;
  }

  /**
   * A run removes the results of an earlier one from its output folder before it moves its own
   * there: what it reads must not be among them.
   */
  public static void refuseReplaced(List<MatchResult.Metadata> files, String output)
      throws UsageException, IOException {
    ResourceId folder = FileSystems.matchNewResource(output, true);
    for (MatchResult.Metadata file : files) {
      ResourceId read = file.resourceId();
      if (RunFolders.isResult(read.getFilename()) && isIn(read, folder)) {
        throw new UsageException(
            "--output: "
                + output
                + ": the run would replace its input "
                + read.getFilename()
                + "; name another --output, or an --input that leaves this folder out");
      }
    }
  }

  /** Why a file, or a pattern, gives nothing to read. */
  public static String whyNone(String file) {
    if (file.contains("://")) {
      return "no such file";
    }
    try {
      Path path = Path.of(file).toAbsolutePath();
      if (Files.isDirectory(path)) {
        return "is a folder";
      }
      if (Files.exists(path)) {
        return "cannot be read: permission denied";
      }
      Path folder = path.getParent();
      return folder != null && Files.exists(folder) && !Files.isReadable(folder)
          ? "its folder cannot be read: permission denied"
          : "no such file";
    } catch (InvalidPathException e) {
      return "no such file";
    }
  }

  private static boolean isIn(ResourceId file, ResourceId folder) throws IOException {
    if (!isLocal(file) || !isLocal(folder)) {
      return file.getCurrentDirectory().equals(folder);
    }
    Path output = Path.of(folder.toString());
    Path parent = Path.of(file.toString()).toAbsolutePath().getParent();
    return Files.isDirectory(output) && Files.isSameFile(parent, output);
  }

  private static boolean isLocal(ResourceId resource) {
    return "file".equals(resource.getScheme());
  }
}
