package personas.connector.storage;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.EmptyMatchTreatment;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.io.fs.ResourceId;
import personas.table.ledger.BadInputException;

/**
 * Finds the files that match a pattern. The name of an existing file is taken literally. In any
 * other name {@code * ? [ ] { }} are wildcards within one folder, and {@code **} matches zero or
 * more folders. As in a shell, wildcards do not match names that begin with a dot. As in Hadoop and
 * Spark, wildcards do not match names that begin with an underscore.
 */
public final class FilePattern {
  private static final Pattern SCHEME = Pattern.compile("file:(//)?(?=/)");
  private static final Pattern WILDCARD = Pattern.compile("[*?\\[{]");
  private static final Pattern BRACKETS = Pattern.compile("[\\[\\]{}]");
  private static final String ANY_FOLDERS = "**";

  private final Set<Path> files = new TreeSet<>();
  private final Set<String> hidden = new TreeSet<>();
  private final Set<Path> visited = new HashSet<>();

  private FilePattern() {}

  /**
   * The result of matching a pattern.
   *
   * @param files the files, sorted by name
   * @param hidden the names of files that the pattern would match if the names did not begin with a
   *     dot or an underscore, sorted
   */
  public record Match(List<MatchResult.Metadata> files, List<String> hidden) {}

  /** Returns the files that match a pattern, sorted by name; possibly an empty list. */
  public static List<MatchResult.Metadata> files(String pattern) throws IOException {
    return match(pattern).files;
  }

  /**
   * Matches a pattern and returns the visible and the hidden files.
   *
   * @throws BadInputException if a matching symbolic link points to a file that does not exist
   */
  public static Match match(String pattern) throws IOException {
    String local = SCHEME.matcher(pattern).replaceFirst("");
    return local.contains("://") ? matchRemote(local) : new FilePattern().matchLocal(local);
  }

  /**
   * Returns whether a run staged the file. In a cloud, {@code data/**} matches staged files too.
   */
  private static boolean isStaged(MatchResult.Metadata file) {
    String path = file.resourceId().toString();
    return path.contains("/" + Folder.STAGING_PREFIX)
        || path.contains("/" + Folder.PUBLICATION_PREFIX);
  }

  private static Match matchRemote(String pattern) throws IOException {
    CloudAnswer.check(pattern);
    List<MatchResult.Metadata> files = new ArrayList<>();
    List<String> hidden = new ArrayList<>();
    String name = pattern.substring(pattern.lastIndexOf('/') + 1);
    for (MatchResult.Metadata file : matchAnyFileSystem(pattern)) {
      if (isStaged(file) && !pattern.contains(Folder.STAGING_PREFIX)) {
        continue;
      }
      String fileName = file.resourceId().getFilename();
      if (fileName != null && isHidden(fileName, name)) {
        hidden.add(file.resourceId().toString());
      } else {
        files.add(file);
      }
    }
    return new Match(files, hidden);
  }

  /**
   * Returns the files that Beam finds for a pattern, possibly an empty list.
   *
   * @throws IOException if the file system fails; the message names the pattern
   */
  static List<MatchResult.Metadata> matchAnyFileSystem(String pattern) throws IOException {
    try {
      return FileSystems.match(pattern, EmptyMatchTreatment.ALLOW).metadata();
    } catch (IOException | RuntimeException e) {
      throw withPath(pattern, e);
    }
  }

  /**
   * Returns an exception whose message names the path. The messages of some clients do not name it.
   */
  static IOException withPath(String path, Exception e) {
    String reason = String.valueOf(e.getMessage());
    IOException failure = new IOException(reason.contains(path) ? reason : path + ": " + reason);
    // A command prints the message of the innermost cause, so this exception has no cause.
    failure.addSuppressed(e);
    return failure;
  }

  private Match matchLocal(String pattern) throws IOException {
    Path literal = Path.of(pattern);
    if (Files.exists(literal) || !WILDCARD.matcher(pattern).find()) {
      if (Files.isSymbolicLink(literal)) {
        refuseDangling(literal);
      }
      return new Match(Files.exists(literal) ? List.of(metadata(literal)) : List.of(), List.of());
    }
    boolean isAbsolute = pattern.startsWith("/");
    List<String> parts = new ArrayList<>();
    for (String part : pattern.split("/", -1)) {
      if (!part.isEmpty()) {
        addPart(part, parts);
      }
    }
    expand(Path.of(isAbsolute ? "/" : ""), parts, 0);
    List<MatchResult.Metadata> found = new ArrayList<>();
    for (Path file : files) {
      found.add(metadata(file));
    }
    return new Match(found, List.copyOf(hidden));
  }

  /** Adds a part of the path. {@code **.csv} stands for files with this ending in any folder. */
  private static void addPart(String part, List<String> parts) {
    if (part.contains(ANY_FOLDERS) && !part.equals(ANY_FOLDERS)) {
      parts.add(ANY_FOLDERS);
      parts.add(part.replace(ANY_FOLDERS, "*"));
    } else {
      parts.add(part);
    }
  }

  private void expand(Path folder, List<String> parts, int index) throws IOException {
    String part = parts.get(index);
    boolean isLast = index == parts.size() - 1;
    if (part.equals(ANY_FOLDERS)) {
      if (!isLast) {
        expand(folder, parts, index + 1);
      } else {
        addFiles(folder, "*");
      }
      // With a link to a parent folder, the search would not end.
      if (visited.add(realPath(folder))) {
        for (Path subfolder : folders(folder, "*")) {
          expand(subfolder, parts, index);
        }
      }
    } else if (isLast) {
      addFiles(folder, part);
    } else {
      for (Path subfolder : folders(folder, part)) {
        expand(subfolder, parts, index + 1);
      }
    }
  }

  private static Path realPath(Path folder) throws IOException {
    return (folder.toString().isEmpty() ? Path.of(".") : folder).toRealPath();
  }

  private void addFiles(Path folder, String part) throws IOException {
    for (Path file : matching(folder, part)) {
      if (Files.isDirectory(file)) {
        continue;
      }
      if (isHidden(name(file), part)) {
        hidden.add(file.toString());
      } else {
        refuseDangling(file);
        files.add(file);
      }
    }
  }

  private static List<Path> folders(Path folder, String part) throws IOException {
    Path literal = folder.resolve(part);
    if (part.equals("..") || part.equals(".") || Files.isDirectory(literal)) {
      return List.of(literal);
    }
    List<Path> folders = new ArrayList<>();
    for (Path subfolder : matching(folder, part)) {
      if (Files.isDirectory(subfolder) && !isHidden(name(subfolder), part)) {
        folders.add(subfolder);
      }
    }
    return folders;
  }

  /**
   * Returns the entries of a folder that match wildcards. If no entry matches, brackets are
   * literal.
   */
  private static List<Path> matching(Path folder, String part) throws IOException {
    List<Path> found = matching(folder, matcher(folder.getFileSystem(), part));
    if (found.isEmpty() && BRACKETS.matcher(part).find()) {
      found = matching(folder, literalBrackets(folder.getFileSystem(), part));
    }
    return found;
  }

  private static List<Path> matching(Path folder, PathMatcher matcher) throws IOException {
    List<Path> found = new ArrayList<>();
    if (!Files.isDirectory(folder.toString().isEmpty() ? Path.of(".") : folder)) {
      return found;
    }
    try (DirectoryStream<Path> entries =
        Files.newDirectoryStream(folder, entry -> matcher.matches(entry.getFileName()))) {
      entries.forEach(found::add);
    }
    return found;
  }

  private static PathMatcher matcher(FileSystem files, String part) {
    try {
      return files.getPathMatcher("glob:" + part);
    } catch (PatternSyntaxException unbalanced) {
      return literalBrackets(files, part);
    }
  }

  private static PathMatcher literalBrackets(FileSystem files, String part) {
    return files.getPathMatcher("glob:" + BRACKETS.matcher(part).replaceAll("\\\\$0"));
  }

  private static boolean isHidden(String name, String part) {
    boolean isPrefixed = name.startsWith(".") || name.startsWith("_");
    return isPrefixed && !part.isEmpty() && part.charAt(0) != name.charAt(0);
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }

  private static void refuseDangling(Path file) throws IOException {
    if (!Files.exists(file)) {
      throw new BadInputException(
          file
              + ": is a symbolic link to "
              + Files.readSymbolicLink(file)
              + ", which does not exist");
    }
  }

  private static MatchResult.Metadata metadata(Path file) throws IOException {
    boolean isFolder = Files.isDirectory(file);
    ResourceId resource = FileSystems.matchNewResource(file.toString(), isFolder);
    return MatchResult.Metadata.builder()
        .setResourceId(resource)
        .setIsReadSeekEfficient(true)
        .setSizeBytes(isFolder ? 0 : Files.size(file))
        .setLastModifiedMillis(Files.getLastModifiedTime(file).toMillis())
        .build();
  }
}
