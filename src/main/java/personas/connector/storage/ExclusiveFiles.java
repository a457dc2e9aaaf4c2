package personas.connector.storage;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.apache.beam.sdk.options.PipelineOptions;

/**
 * Creates small files whose name only one of several processes can take.
 *
 * <p>A local file system and Cloud Storage decide by themselves who was first. Of another file
 * system Beam knows no such request: there a process looks, writes, and looks again whose bytes are
 * there.
 */
public final class ExclusiveFiles {
  private final PipelineOptions options;

  public ExclusiveFiles(PipelineOptions options) {
    this.options = options;
  }

  /**
   * Creates a file whole, unless one has its name.
   *
   * @param bytes that no other process writes
   * @param scratch an existing folder on the same file system, for a local file that is not whole
   * @return false if the name is taken
   * @throws IOException also if a local scratch folder does not exist
   */
  public boolean create(String file, byte[] bytes, Folder scratch) throws IOException {
    ResourceId resource = FileSystems.matchNewResource(file, false);
    return switch (resource.getScheme()) {
      case "file" -> LocalFiles.link(write(file, bytes, scratch), Path.of(file));
      case "gs" -> NewGcsObject.create(file, bytes, options) || hasBytes(file, bytes);
      default -> createAndLook(file, bytes);
    };
  }

  /** Replaces a file of this process in one step. */
  public void replace(String file, byte[] bytes, Folder scratch) throws IOException {
    ResourceId resource = FileSystems.matchNewResource(file, false);
    if (!resource.getScheme().equals("file")) {
      writeRemote(file, bytes);
    } else if (!LocalFiles.move(write(file, bytes, scratch), Path.of(file))) {
      throw new IOException(file + ": not written, its folder is gone");
    }
  }

  /** With the permissions that a file of a result has. */
  private static Path write(String file, byte[] bytes, Folder scratch) throws IOException {
    return Files.write(Path.of(scratch.file(file.substring(file.lastIndexOf('/') + 1))), bytes);
  }

  private static boolean createAndLook(String file, byte[] bytes) throws IOException {
    if (Folder.exists(file)) {
      return false;
    }
    writeRemote(file, bytes);
    return hasBytes(file, bytes);
  }

  private static boolean hasBytes(String file, byte[] bytes) throws IOException {
    return Arrays.equals(bytes, Folder.readAll(file));
  }

  private static void writeRemote(String file, byte[] bytes) throws IOException {
    try (OutputStream out = Folder.create(file)) {
      out.write(bytes);
    }
  }
}
