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

/** Refuses input files that a run cannot read or would replace. */
public final class InputFileChecks {
  private static final Pattern TABLE =
      Pattern.compile("[^._].*?(\\.(csv|tsv|txt|jsonl|json|parquet|avro)(\\.gz)?)");

  /** The depth of the folders that are searched for tables, to propose a pattern. */
  private static final int MAX_DEPTH = 4;

  /** The number of files and folders that are searched, to propose a pattern. */
  private static final int MAX_FILES = 1000;

  private InputFileChecks() {}

  /**
   * Refuses folders and pipes. A folder has no records, and a pipe can be read only once, but a run
   * reads a file several times.
   */
  public static void refuseIrregular(String flag, List<MatchResult.Metadata> files)
      throws UsageException, IOException {
    for (MatchResult.Metadata file : files) {
      ResourceId resource = file.resourceId();
      if (resource.isDirectory()) {
        String folder = resource.toString().replaceFirst("/$", "");
        throw new UsageException(
            String.format(
                "--%s: %s: is a folder; name its files by a pattern like %s/%s",
                flag, folder, folder, isLocal(resource) ? pattern(Path.of(folder)) : "*.csv"));
      }
      if (isLocal(resource) && !Files.isRegularFile(Path.of(resource.toString()))) {
        throw new UsageException(
            "--"
                + flag
                + ": "
                + resource
                + ": is not a regular file; copy its content to a file first");
      }
    }
  }

  /**
   * Returns a pattern that matches tables in a folder, such as {@code *.parquet}. The ending is the
   * ending of the first table; {@code *.csv} if there is none.
   */
  private static String pattern(Path folder) throws IOException {
    List<Path> tables;
    try (Stream<Path> files = Files.walk(folder, MAX_DEPTH)) {
      tables =
          files
              .limit(MAX_FILES)
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
   * Refuses input files that are results in the output folder, because the run would replace them.
   */
  public static void refuseReplaced(List<MatchResult.Metadata> files, String output)
      throws UsageException, IOException {
    ResourceId folder = FileSystems.matchNewResource(output, true);
    for (MatchResult.Metadata file : files) {
      ResourceId inputFile = file.resourceId();
      if (RunFolders.isResult(inputFile.getFilename()) && isIn(inputFile, folder)) {
        throw new UsageException(
            "--output: "
                + output
                + ": the run would replace its input "
                + inputFile.getFilename()
                + "; name another --output, or an --input without this folder");
      }
    }
  }

  /** Returns why a file or a pattern cannot be read, for messages. */
  public static String reasonUnreadable(String file) {
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
