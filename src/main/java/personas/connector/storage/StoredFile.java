package personas.connector.storage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import org.apache.beam.sdk.io.FileSystems;
import personas.table.bytes.ByteSource;

/**
 * A file of any file system that Beam knows, for the parsers.
 *
 * @param name what messages, positions and the ledger show
 * @param path where it is
 */
public record StoredFile(String name, String path, long size) implements ByteSource {

  /** A file that is shown by its path. */
  public StoredFile(String path, long size) {
    this(path, path, size);
  }

  /** A file with its present size. */
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
