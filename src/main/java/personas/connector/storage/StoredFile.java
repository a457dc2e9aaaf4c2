package personas.connector.storage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import org.apache.beam.sdk.io.FileSystems;
import personas.math.Require;
import personas.table.bytes.ByteSource;

/**
 * A file of any file system that Beam supports, as a source of bytes for the parsers.
 *
 * @param name the name in messages, positions and the ledger
 * @param path the path of the file
 * @param size the size in bytes; -1 if it is unknown
 */
public record StoredFile(String name, String path, long size) implements ByteSource {
  public StoredFile {
    Require.atLeast(-1, "size", size);
  }

  /** Creates a file whose name is its path. */
  public StoredFile(String path, long size) {
    this(path, path, size);
  }

  /** Returns a file with its current size. */
  public static StoredFile of(String path) throws IOException {
    return new StoredFile(path, FileSystems.matchSingleFileSpec(path).sizeBytes());
  }

  @Override
  public InputStream open(long position) throws IOException {
    ReadableByteChannel channel = Folder.openChannel(path);
    InputStream stream = Channels.newInputStream(channel);
    if (channel instanceof SeekableByteChannel seekable) {
      seekable.position(position);
    } else {
      stream.skipNBytes(position);
    }
    return stream;
  }
}
