package personas.connector.storage;

import java.io.BufferedOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.EmptyMatchTreatment;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.io.fs.MoveOptions.StandardMoveOptions;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.apache.beam.sdk.util.MimeTypes;

/**
 * A folder on any file system that Beam supports, local or remote, and the operations that a run
 * needs.
 *
 * @param path the path; a slash is appended if the path does not end with one
 */
public record Folder(String path) implements Serializable {
  /**
   * The prefix of the names of folders that a run creates and deletes. On a local file system only
   * the owner may read these folders.
   */
  public static final String STAGING_PREFIX = ".staging-";

  /** The prefix of the names of files that say which run publishes, or published last. */
  public static final String PUBLICATION_PREFIX = ".publication-";

  private static final int BUFFER_BYTES = 1 << 18;
  private static final int MAX_FILES_AT_ONCE = 100;

  public Folder {
    path = path.endsWith("/") ? path : path + "/";
  }

  /** Returns a folder below this folder. */
  public Folder sub(String name) {
    return new Folder(path + name + "/");
  }

  /** Returns the path of a file in this folder. */
  public String file(String name) {
    return path + name;
  }

  /**
   * Creates or replaces a file, and creates missing parent folders.
   *
   * @throws IOException if the file cannot be created, or if the run of its folder has ended
   */
  public static OutputStream create(String file) throws IOException {
    return buffered(file, WriteFence.create(file, () -> open(resource(file))));
  }

  private static OutputStream open(ResourceId resource) throws IOException {
    if (isLocal(resource)) {
      // Beam's local channel writes in pieces of 8 KB.
      return LocalFiles.create(Path.of(resource.toString()));
    }
    return Channels.newOutputStream(FileSystems.create(resource, MimeTypes.BINARY));
  }

  private static OutputStream buffered(String file, OutputStream out) {
    return new BufferedOutputStream(new NamedOutputStream(file, out), BUFFER_BYTES);
  }

  /** Opens a file for reading. */
  public static InputStream open(String file) throws IOException {
    CloudAnswer.check(file);
    return Channels.newInputStream(openChannel(file));
  }

  /**
   * Opens a file of any file system. The client of S3 throws unchecked exceptions, which this
   * method replaces.
   *
   * @throws FileNotFoundException if the file does not exist
   * @throws IOException if the file cannot be opened; the message names the file
   */
  static ReadableByteChannel openChannel(String file) throws IOException {
    ResourceId resource = resource(file);
    if (isLocal(resource)) {
      return FileSystems.open(resource);
    }
    try {
      return FileSystems.open(resource);
    } catch (FileNotFoundException missing) {
      throw missing;
    } catch (IOException | RuntimeException e) {
      if (FilePattern.matchAnyFileSystem(file).isEmpty()) {
        throw new FileNotFoundException(file);
      }
      throw FilePattern.withPath(file, e);
    }
  }

  /** Returns the bytes of a small file. */
  public static byte[] readAll(String file) throws IOException {
    try (InputStream in = open(file)) {
      return in.readAllBytes();
    }
  }

  /**
   * Returns a part of a file.
   *
   * @param offset the first byte, counted from 0
   * @param length the number of bytes
   * @throws IOException if the file ends before the last byte; the message names the file
   */
  public static byte[] read(String file, long offset, int length) throws IOException {
    try (InputStream in = new StoredFile(file, -1).open(offset)) {
      byte[] bytes = in.readNBytes(length);
      if (bytes.length < length) {
        throw new IOException(
            file
                + ": ends after "
                + (offset + bytes.length)
                + " bytes, where "
                + (offset + length)
                + " were expected");
      }
      return bytes;
    }
  }

  /** Returns whether a file exists. */
  public static boolean exists(String file) throws IOException {
    CloudAnswer.check(file);
    try {
      FileSystems.matchSingleFileSpec(file);
      return true;
    } catch (FileNotFoundException absent) {
      return false;
    }
  }

  /** Renames a file. */
  public static void move(String from, String to) throws IOException {
    FileSystems.rename(List.of(resource(from)), List.of(resource(to)));
  }

  /**
   * Returns the number of files to pass to {@link #moveHere} and {@link #discard} at once. A local
   * file system moves one file at a time; in a cloud many files share one request.
   */
  public int filesAtOnce() {
    return isLocal() ? 1 : MAX_FILES_AT_ONCE;
  }

  /**
   * Moves files to this folder. Files and symbolic links with the same names are replaced.
   * Concurrent and repeated calls move a file once.
   *
   * @param permissions a file whose permissions the moved files get on a local file system
   * @return the files that exist neither at their old path nor in this folder
   */
  public List<String> moveHere(List<String> files, String permissions) throws IOException {
    List<String> missing = new ArrayList<>();
    if (isLocal()) {
      for (String file : files) {
        Path target = Path.of(file(name(file)));
        LocalFiles.copyPermissions(Path.of(permissions), Path.of(file));
        if (!LocalFiles.move(Path.of(file), target)) {
          missing.add(file);
        }
      }
    } else {
      missing.addAll(missing(files));
      rename(files.stream().filter(file -> !missing.contains(file)).toList());
    }
    return missingHere(missing);
  }

  /** Returns the files that exist neither at their path nor in this folder. */
  public List<String> findLost(List<String> files) throws IOException {
    return missingHere(missing(files));
  }

  private List<String> missingHere(List<String> files) throws IOException {
    List<String> missing = missing(files.stream().map(file -> file(name(file))).toList());
    return files.stream().filter(file -> missing.contains(file(name(file)))).toList();
  }

  private void rename(List<String> files) throws IOException {
    FileSystems.rename(
        files.stream().map(Folder::resource).toList(),
        files.stream().map(file -> resource(file(name(file)))).toList(),
        StandardMoveOptions.IGNORE_MISSING_FILES);
  }

  /** Returns the files that do not exist. */
  public static List<String> missing(List<String> files) throws IOException {
    List<String> missing = new ArrayList<>();
    if (!files.isEmpty()) {
      List<MatchResult> matches = FileSystems.match(files, EmptyMatchTreatment.ALLOW);
      for (int i = 0; i < files.size(); i++) {
        if (matches.get(i).metadata().isEmpty()) {
          missing.add(files.get(i));
        }
      }
    }
    return missing;
  }

  /**
   * Removes files from this folder, if they exist. A local file is moved to the trash in one step,
   * so a process whose trash was deleted can no longer remove files.
   *
   * @param trash a folder on the same file system
   * @return whether all files are removed; false if the trash does not exist
   */
  public boolean discard(List<String> names, Folder trash) throws IOException {
    if (!isLocal()) {
      deleteMatching(names::contains);
      return true;
    }
    boolean allRemoved = true;
    for (String name : names) {
      Path file = Path.of(file(name));
      allRemoved &=
          LocalFiles.move(file, Path.of(trash.file(name)))
              || !Files.exists(file, LinkOption.NOFOLLOW_LINKS);
    }
    return allRemoved;
  }

  /** Creates the folder and its parents. Does nothing in a cloud, which has no folders. */
  public void create() throws IOException {
    if (isLocal()) {
      LocalFiles.createFolder(Path.of(path));
    }
  }

  /**
   * Deletes the folder and everything in it. On a local file system the folder is renamed first, so
   * no process can use its files.
   */
  public void deleteAtOnce() throws IOException {
    if (isLocal()) {
      Path folder = Path.of(path);
      LocalFiles.deleteAtOnce(
          folder, folder.resolveSibling(folder.getFileName() + "-" + UUID.randomUUID()));
    } else {
      deleteTree();
    }
  }

  /** Deletes the folder if it is empty. Does nothing on a remote file system. */
  public void deleteIfEmpty() throws IOException {
    if (isLocal()) {
      try {
        Files.deleteIfExists(Path.of(path));
      } catch (DirectoryNotEmptyException notEmpty) {
        // A folder that is not empty stays.
      }
    }
  }

  /**
   * Returns why files cannot be written to this folder or deleted from it.
   *
   * @param name accepts the names of the files that are written or deleted
   * @return a sentence that begins with the path; empty if there is no obstacle
   */
  public Optional<String> obstacle(Predicate<String> name) throws IOException {
    if (!isLocal()) {
      return Optional.empty();
    }
    Path folder = Path.of(path).toAbsolutePath();
    Path existing = folder;
    while (existing != null && !Files.exists(existing)) {
      existing = existing.getParent();
    }
    if (existing == null) {
      return Optional.empty();
    }
    if (!Files.isDirectory(existing)) {
      return Optional.of(
          existing + ": is a file, but the results need a folder; name another --output");
    }
    if (!Files.isWritable(existing)) {
      return Optional.of(
          existing
              + ": this account may not write to this folder; ask for the permission, or name another"
              + " --output");
    }
    if (existing.equals(folder)) {
      return folderWithNameOfResult(folder, name);
    }
    return LocalFiles.canCreateFolderIn(existing)
        ? Optional.empty()
        : Optional.of(
            existing + ": a folder for the results cannot be created here; name another --output");
  }

  private static Optional<String> folderWithNameOfResult(Path folder, Predicate<String> name)
      throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> name.test(file.getFileName().toString()))
          .filter(file -> Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS))
          .map(Path::toString)
          .sorted()
          .findFirst()
          .map(
              file ->
                  file
                      + ": is a folder, but a result file gets this name; rename it, or name another"
                      + " --output");
    }
  }

  private static String name(String file) {
    return file.substring(file.lastIndexOf('/') + 1);
  }

  /** Deletes a file of this folder, if it exists. */
  public void delete(String name) throws IOException {
    FileSystems.delete(List.of(resource(file(name))), StandardMoveOptions.IGNORE_MISSING_FILES);
  }

  /** Deletes the files of this folder whose name is accepted. Files in folders below stay. */
  public void deleteMatching(Predicate<String> name) throws IOException {
    List<ResourceId> files = new ArrayList<>();
    for (String file : list()) {
      if (name.test(name(file))) {
        files.add(resource(file));
      }
    }
    FileSystems.delete(files, StandardMoveOptions.IGNORE_MISSING_FILES);
  }

  /** Returns the names of the files of this folder, sorted. */
  public List<String> names() throws IOException {
    return list().stream().map(Folder::name).toList();
  }

  private List<String> list() throws IOException {
    if (isLocal()) {
      if (!Files.isDirectory(Path.of(path))) {
        return List.of();
      }
      try (Stream<Path> files = Files.list(Path.of(path))) {
        return files.filter(Folder::isFile).map(Path::toString).sorted().toList();
      }
    }
    return remoteFiles(path + "*");
  }

  private static boolean isFile(Path path) {
    return !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
  }

  /**
   * Deletes the folder and everything in it, if it exists. Another process may delete the same
   * folder at the same time.
   */
  public void deleteTree() throws IOException {
    if (isLocal()) {
      LocalFiles.deleteTree(Path.of(path));
      return;
    }
    List<ResourceId> files = new ArrayList<>();
    remoteFiles(path + "**").forEach(file -> files.add(resource(file)));
    FileSystems.delete(files, StandardMoveOptions.IGNORE_MISSING_FILES);
    if (resource(path + "x").getScheme().endsWith("hdfs")) {
      deleteEmptyFolders(path);
    }
  }

  /** Deletes empty folders. HDFS keeps a folder without files, and lists folders like files. */
  private static void deleteEmptyFolders(String folder) throws IOException {
    for (String below : remoteFiles(folder + "*")) {
      deleteEmptyFolders(below + "/");
    }
    ResourceId empty = resource(folder.substring(0, folder.length() - 1));
    FileSystems.delete(List.of(empty), StandardMoveOptions.IGNORE_MISSING_FILES);
  }

  /** Returns whether the folder exists; in a cloud, whether it holds a file. */
  public boolean exists() throws IOException {
    return isLocal() ? Files.exists(Path.of(path)) : !remoteFiles(path + "**").isEmpty();
  }

  private static List<String> remoteFiles(String glob) throws IOException {
    CloudAnswer.check(glob);
    return FilePattern.matchAnyFileSystem(glob).stream()
        .map(file -> file.resourceId().toString())
        .sorted()
        .toList();
  }

  private boolean isLocal() {
    return isLocal(resource(path + "x"));
  }

  private static boolean isLocal(ResourceId resource) {
    return "file".equals(resource.getScheme());
  }

  private static ResourceId resource(String file) {
    return FileSystems.matchNewResource(file, false);
  }
}
