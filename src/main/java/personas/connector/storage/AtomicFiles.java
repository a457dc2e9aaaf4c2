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
 * Creates and replaces small files in one step. If several processes create a file with the same
 * name, only one of them succeeds.
 *
 * <p>A local file system and Cloud Storage can create a file on the condition that it does not
 * exist yet. Beam cannot request this from other file systems. On those, a process checks that the
 * file does not exist, writes the file, and reads the file again to see which process wrote it.
 */
public final class AtomicFiles {
  private final PipelineOptions options;

  public AtomicFiles(PipelineOptions options) {
    this.options = options;
  }

  /**
   * Creates a file, unless a file with this name exists.
   *
   * @param bytes content that is unique to this process
   * @param scratch an existing folder on the same file system, for an unfinished local file
   * @return false if another process has created a file with this name
   * @throws IOException if the file cannot be written, or if a local scratch folder does not exist
   */
  public boolean create(String file, byte[] bytes, Folder scratch) throws IOException {
    ResourceId resource = FileSystems.matchNewResource(file, false);
    return switch (resource.getScheme()) {
      case "file" -> LocalFiles.link(write(file, bytes, scratch), Path.of(file));
      case "gs" -> NewGcsObject.create(file, bytes, options) || hasBytes(file, bytes);
      default -> createAndCheck(file, bytes);
    };
  }

  /**
   * Replaces a file of this process. A local file is replaced in one step.
   *
   * @param scratch an existing folder on the same file system, for an unfinished local file
   */
  public void replace(String file, byte[] bytes, Folder scratch) throws IOException {
    ResourceId resource = FileSystems.matchNewResource(file, false);
    if (!resource.getScheme().equals("file")) {
      writeRemote(file, bytes);
    } else if (!LocalFiles.move(write(file, bytes, scratch), Path.of(file))) {
      throw new IOException(file + ": not written, because its folder no longer exists");
    }
  }

  /** Writes a file with the default permissions, which result files have too. */
  private static Path write(String file, byte[] bytes, Folder scratch) throws IOException {
    return Files.write(Path.of(scratch.file(file.substring(file.lastIndexOf('/') + 1))), bytes);
  }

  private static boolean createAndCheck(String file, byte[] bytes) throws IOException {
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
