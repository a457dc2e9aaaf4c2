package personas.cli.result;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.apache.beam.sdk.util.MimeTypes;

/** Writes a result file from the process of the command, without a job. */
public final class OutputFile {
  private OutputFile() {}

  /**
   * Writes a file completely or not at all, and creates its folder. A symbolic link with this name
   * is replaced; the target of the link does not change.
   *
   * @param file a local path, or a URI of a file system that Beam has registered
   * @throws IOException if the file cannot be written
   */
  public static void write(String file, byte[] bytes) throws IOException {
    ResourceId resource = FileSystems.matchNewResource(file, false);
    if (resource.getScheme().equals("file")) {
      writeLocal(Path.of(resource.toString()).toAbsolutePath(), bytes);
      return;
    }
    try (OutputStream out =
        Channels.newOutputStream(FileSystems.create(resource, MimeTypes.BINARY))) {
      out.write(bytes);
    }
  }

  private static void writeLocal(Path file, byte[] bytes) throws IOException {
    Path folder = file.getParent();
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder);
    }
    // A new name is never a link, and a rename replaces a link instead of following it.
    Path unfinished =
        folder.resolve("." + file.getFileName() + "." + UUID.randomUUID() + ".unfinished");
    try {
      Files.write(unfinished, bytes, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }
}
