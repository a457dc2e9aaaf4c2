package personas.table.bytes;

import java.io.IOException;
import java.io.InputStream;

/**
 * A file that can be opened at a position. Parsers use this interface, so they do not depend on a
 * file system.
 */
public interface ByteSource {
  /** Returns the name that messages, positions of records and the ledger show. */
  String name();

  /** Returns the stored size in bytes; the compressed size for a compressed file. */
  long size() throws IOException;

  /** Opens the stored bytes from {@code position} on. The caller must close the stream. */
  InputStream open(long position) throws IOException;
}
