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
 * A folder on any file system that Beam knows, local or remote, and the few things that a run does
 * in one.
 *
 * @param path ends with a slash
 */
public record Folder(String path) implements Serializable {
  /**
   * The beginning of the names of folders that a run makes for itself and removes. On a local file
   * system only their owner may read them.
   */
  public static final String STAGING_PREFIX = ".staging-";

  /** The beginning of the names of files that say which run publishes, or published last. */
  public static final String PUBLICATION_PREFIX = ".publication-";

  private static final int BUFFER_BYTES = 1 << 18;
  private static final int MOST_FILES_AT_ONCE = 100;

  public Folder {
    path = path.endsWith("/") ? path : path + "/";
  }

  public Folder sub(String name) {
    return new Folder(path + name + "/");
  }

  public String file(String name) {
    return path + name;
  }

  /**
   * Creates or replaces a file, with its parent folders.
   *
   * @throws IOException also where it lies in the folder of a run that has ended
   */
  public static OutputStream create(String file) throws IOException {
    return buffered(file, WriteFence.create(file, () -> open(resource(file))));
  }

  private static OutputStream open(ResourceId resource) throws IOException {
    if (isLocal(resource)) {
      // Beam's own local channel goes to the system in pieces of 8 KB.
      return LocalFiles.create(Path.of(resource.toString()));
    }
    return Channels.newOutputStream(FileSystems.create(resource, MimeTypes.BINARY));
  }

  private static OutputStream buffered(String file, OutputStream out) {
    return new BufferedOutputStream(new NamedOutputStream(file, out), BUFFER_BYTES);
  }

  public static InputStream open(String file) throws IOException {
    CloudAnswer.check(file);
    return Channels.newInputStream(openChannel(file));
  }

  /**
   * Opens a file of any file system with the exceptions of a local one. The client of S3 throws
   * unchecked exceptions, also if the file does not exist.
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
      if (FilePattern.ask(file).isEmpty()) {
        throw new FileNotFoundException(file);
      }
      throw FilePattern.named(file, e);
    }
  }

  /** The bytes of a small file. */
  public static byte[] readAll(String file) throws IOException {
    try (InputStream in = open(file)) {
      return in.readAllBytes();
    }
  }

  /** The bytes of a part of a file. */
  public static byte[] read(String file, long offset, int length) throws IOException {
    try (InputStream in = new StoredFile(file, -1).open(offset)) {
      byte[] bytes = in.readNBytes(length);
      if (bytes.length < length) {
        throw new IOException(file + ": ends after " + (offset + bytes.length) + " bytes");
      }
      return bytes;
    }
  }

  public static boolean exists(String file) throws IOException {
    CloudAnswer.check(file);
    try {
      FileSystems.matchSingleFileSpec(file);
      return true;
    } catch (FileNotFoundException absent) {
      return false;
    }
  }

  public static void move(String from, String to) throws IOException {
    FileSystems.rename(List.of(resource(from)), List.of(resource(to)));
  }

  /**
   * How many files {@link #moveHere} and {@link #discard} take at a time: one if each is a step of
   * its own, which a local file system takes at once; more if each is a request to a service.
   */
  public int filesAtOnce() {
    return isLocal() ? 1 : MOST_FILES_AT_ONCE;
  }

  /**
   * Moves files to this folder under their own names, over the files and the symbolic links that
   * have these names. Several calls for one file, also at once, move it once.
   *
   * @param permissions a file whose permissions the files get on a local file system
   * @return the files that do not exist, neither where they were nor here
   */
  public List<String> moveHere(List<String> files, String permissions) throws IOException {
    List<String> gone = new ArrayList<>();
    if (isLocal()) {
      for (String file : files) {
        Path target = Path.of(file(name(file)));
        LocalFiles.copyPermissions(Path.of(permissions), Path.of(file));
        if (!LocalFiles.move(Path.of(file), target)) {
          gone.add(file);
        }
      }
    } else {
      gone.addAll(missing(files));
      rename(files.stream().filter(file -> !gone.contains(file)).toList());
    }
    return notHere(gone);
  }

  /** Which files do not exist, neither where they are said to be nor in this folder. */
  public List<String> lost(List<String> files) throws IOException {
    return notHere(missing(files));
  }

  private List<String> notHere(List<String> files) throws IOException {
    List<String> missing = missing(files.stream().map(file -> file(name(file))).toList());
    return files.stream().filter(file -> missing.contains(file(name(file)))).toList();
  }

  private void rename(List<String> files) throws IOException {
    FileSystems.rename(
        files.stream().map(Folder::resource).toList(),
        files.stream().map(file -> resource(file(name(file)))).toList(),
        StandardMoveOptions.IGNORE_MISSING_FILES);
  }

  /** Which files do not exist. */
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
   * Takes files of this folder away, those that exist. A local file goes to the trash in one step,
   * so that nobody can do it after the trash was removed.
   *
   * @param trash a folder on the same file system
   * @return whether none of the files is left; false if the trash does not exist
   */
  public boolean discard(List<String> names, Folder trash) throws IOException {
    if (!isLocal()) {
      deleteMatching(names::contains);
      return true;
    }
    boolean gone = true;
    for (String name : names) {
      Path file = Path.of(file(name));
      gone &=
          LocalFiles.move(file, Path.of(trash.file(name)))
              || !Files.exists(file, LinkOption.NOFOLLOW_LINKS);
    }
    return gone;
  }

  /** Creates the folder with its parents; in a cloud there is nothing to create. */
  public void create() throws IOException {
    if (isLocal()) {
      LocalFiles.createFolder(Path.of(path));
    }
  }

  /**
   * Deletes the folder and all below. On a local file system nobody can use a file of it from the
   * first moment on.
   */
  public void takeAway() throws IOException {
    if (isLocal()) {
      Path folder = Path.of(path);
      LocalFiles.takeAway(
          folder, folder.resolveSibling(folder.getFileName() + "-" + UUID.randomUUID()));
    } else {
      deleteTree();
    }
  }

  /** Deletes the folder if nothing is in it. */
  public void deleteIfEmpty() throws IOException {
    if (isLocal()) {
      try {
        Files.deleteIfExists(Path.of(path));
      } catch (DirectoryNotEmptyException notEmpty) {
        // It stays.
      }
    }
  }

  /**
   * Why files of some names cannot be written to this folder or deleted from it.
   *
   * @param name passes the names in question
   * @return a whole sentence that begins with the path; empty if nothing is in the way
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
              + ": this user may not write to this folder; ask for the permission, or name another"
              + " --output");
    }
    if (!existing.equals(folder)) {
      return LocalFiles.takesFolders(existing)
          ? Optional.empty()
          : Optional.of(
              existing + ": no folder can be made in it for the results; name another --output");
    }
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
                      + ": is a folder, but a result gets this name; rename it, or name another"
                      + " --output");
    }
  }

  private static String name(String file) {
    return file.substring(file.lastIndexOf('/') + 1);
  }

  /** Deletes the files of this folder (not of folders below) whose name passes. */
  public void deleteMatching(Predicate<String> name) throws IOException {
    List<ResourceId> files = new ArrayList<>();
    for (String file : list()) {
      if (name.test(name(file))) {
        files.add(resource(file));
      }
    }
    FileSystems.delete(files, StandardMoveOptions.IGNORE_MISSING_FILES);
  }

  /** The names of the files of this folder, sorted. */
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
   * Deletes the folder and all below; nothing happens where it does not exist. Others may delete
   * the same folder at the same time.
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

  /** HDFS keeps a folder without files, and lists folders beside files. */
  private static void deleteEmptyFolders(String folder) throws IOException {
    for (String below : remoteFiles(folder + "*")) {
      deleteEmptyFolders(below + "/");
    }
    ResourceId empty = resource(folder.substring(0, folder.length() - 1));
    FileSystems.delete(List.of(empty), StandardMoveOptions.IGNORE_MISSING_FILES);
  }

  /** Whether it exists; in a cloud, whether it holds a file. */
  public boolean exists() throws IOException {
    return isLocal() ? Files.exists(Path.of(path)) : !remoteFiles(path + "**").isEmpty();
  }

  private static List<String> remoteFiles(String glob) throws IOException {
    CloudAnswer.check(glob);
    return FilePattern.ask(glob).stream().map(m -> m.resourceId().toString()).sorted().toList();
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
