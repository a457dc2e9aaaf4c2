package personas.run.shard;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.UUID;
import personas.connector.storage.Folder;
import personas.feature.shard.Shard;
import personas.feature.shard.ShardCodec;
import personas.run.state.ShardReference;

/** Reads and writes staged shards, which are files that every worker can read. */
final class ShardFiles {
  private ShardFiles() {}

  /** Writes a shard to a file whose name no other attempt has, and returns the path. */
  static String write(Folder folder, Shard shard) throws IOException {
    String path = folder.file(UUID.randomUUID() + ".shard");
    try (OutputStream out = Folder.create(path)) {
      ShardCodec.write(shard, out);
    }
    return path;
  }

  /** Reads the raw numbers of a shard, without ids and pass-through fields. */
  static Shard numbers(ShardReference reference) throws IOException {
    return read(reference, ShardCodec::readColumns);
  }

  /** Reads a whole shard. */
  static Shard whole(ShardReference reference) throws IOException {
    return read(reference, ShardCodec::readAll);
  }

  private interface Format {
    Shard read(InputStream in) throws IOException;
  }

  private static Shard read(ShardReference reference, Format format) throws IOException {
    try (InputStream in = Folder.open(reference.path())) {
      return format.read(in);
    } catch (IOException e) {
      throw new IOException(reference.path() + ": the staged shard cannot be read: " + e, e);
    }
  }

  /**
   * Writes one code per row of a shard to a new file, and returns the path of the file.
   *
   * @param codes codes of the rows of several shards, see {@code PreviousCode}
   * @param from the index of the first row of the shard
   * @param to the index after the last row of the shard
   */
  static String writeCodes(Folder folder, short[] codes, int from, int to) throws IOException {
    String path = folder.file(UUID.randomUUID() + ".previous");
    ByteBuffer bytes = ByteBuffer.allocate((to - from) * Short.BYTES);
    bytes.asShortBuffer().put(codes, from, to - from);
    try (OutputStream out = Folder.create(path)) {
      out.write(bytes.array());
    }
    return path;
  }

  /** Reads the codes of a shard, one per row; returns null without a previous run. */
  static short[] previousCodes(ShardReference reference) throws IOException {
    if (reference.previousClusters().isEmpty()) {
      return null;
    }
    short[] codes = new short[reference.rows()];
    byte[] bytes = Folder.read(reference.previousClusters(), 0, codes.length * Short.BYTES);
    ByteBuffer.wrap(bytes).asShortBuffer().get(codes);
    return codes;
  }
}
