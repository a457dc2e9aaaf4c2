package personas.pipeline;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import personas.data.ShardReference;

/** The hashes of the user ids of a staged shard, in the order of its rows: a file beside it. */
final class IdHashes {
  private static final String ENDING = ".ids";

  private IdHashes() {}

  static void write(String shardPath, long[] hashes) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(hashes.length * Long.BYTES);
    bytes.asLongBuffer().put(hashes);
    try (OutputStream out = Folder.create(shardPath + ENDING)) {
      out.write(bytes.array());
    }
  }

  /** One hash a row. */
  static long[] read(ShardReference shard) throws IOException {
    try (InputStream in = Folder.open(shard.path() + ENDING)) {
      byte[] bytes = in.readNBytes(shard.rows() * Long.BYTES);
      if (bytes.length != shard.rows() * Long.BYTES) {
        throw new IOException("ends after " + bytes.length + " bytes");
      }
      long[] hashes = new long[shard.rows()];
      ByteBuffer.wrap(bytes).asLongBuffer().get(hashes);
      return hashes;
    } catch (IOException e) {
      throw new IOException(shard.path() + ENDING + ": staged ids cannot be read: " + e, e);
    }
  }
}
