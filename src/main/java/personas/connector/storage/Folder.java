package personas.connector.storage;

import java.io.BufferedOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.beam.sdk.io.FileSystems;
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
  private static final int BUFFER_BYTES = 1 << 18;

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
      Path local = Path.of(resource.toString());
      Files.createDirectories(local.getParent());
      return Files.newOutputStream(local);
    }
    return Channels.newOutputStream(FileSystems.create(resource, MimeTypes.BINARY));
  }

  private static OutputStream buffered(String file, OutputStream out) {
    return new BufferedOutputStream(new NamedOutputStream(file, out), BUFFER_BYTES);
  }

  public static InputStream open(String file) throws IOException {
    return Channels.newInputStream(FileSystems.open(resource(file)));
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

  /** Moves files to this folder under their own names, replacing what is there. */
  public void moveHere(List<String> files) throws IOException {
    List<ResourceId> from = new ArrayList<>();
    List<ResourceId> to = new ArrayList<>();
    for (String file : files) {
      String target = file(file.substring(file.lastIndexOf('/') + 1));
      from.add(resource(file));
      to.add(resource(target));
      if (isLocal() && Files.exists(Path.of(file))) {
        // A move onto a file waits until all of the new one is on the disk (ext4), one to a free
        // name does not.
        Files.deleteIfExists(Path.of(target));
      }
    }
    // A missing source was moved by an earlier try of the same step.
    FileSystems.rename(from, to, StandardMoveOptions.IGNORE_MISSING_FILES);
  }

  /** Deletes the files of this folder (not of folders below) whose name passes. */
  public void deleteMatching(Predicate<String> name) throws IOException {
    List<ResourceId> files = new ArrayList<>();
    for (String file : list()) {
      if (name.test(file.substring(file.lastIndexOf('/') + 1))) {
        files.add(resource(file));
      }
    }
    FileSystems.delete(files, StandardMoveOptions.IGNORE_MISSING_FILES);
  }

  /** The names of the files of this folder, sorted. */
  public List<String> names() throws IOException {
    return list().stream().map(file -> file.substring(file.lastIndexOf('/') + 1)).toList();
  }

  private List<String> list() throws IOException {
    if (isLocal()) {
      if (!Files.isDirectory(Path.of(path))) {
        return List.of();
      }
      try (Stream<Path> files = Files.list(Path.of(path))) {
        return files.filter(Files::isRegularFile).map(Path::toString).sorted().toList();
      }
    }
    return remoteFiles(path + "*");
  }

  /** Deletes the folder and all below; nothing happens where it does not exist. */
  public void deleteTree() throws IOException {
    if (isLocal()) {
      if (Files.exists(Path.of(path))) {
        List<Path> deepestFirst;
        try (Stream<Path> all = Files.walk(Path.of(path))) {
          deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path each : deepestFirst) {
          Files.deleteIfExists(each);
        }
      }
      return;
    }
    List<ResourceId> files = new ArrayList<>();
    remoteFiles(path + "**").forEach(file -> files.add(resource(file)));
    FileSystems.delete(files, StandardMoveOptions.IGNORE_MISSING_FILES);
  }

  /** Whether it exists; in a cloud, whether it holds a file. */
  public boolean exists() throws IOException {
    return isLocal() ? Files.exists(Path.of(path)) : !remoteFiles(path + "**").isEmpty();
  }

  private static List<String> remoteFiles(String glob) throws IOException {
    MatchResult match = FileSystems.match(glob);
    if (match.status() == MatchResult.Status.NOT_FOUND) {
      return List.of();
    }
    return match.metadata().stream().map(m -> m.resourceId().toString()).sorted().toList();
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
