package personas.table.bytes;

import java.io.IOException;
import java.io.InputStream;

/** A file that can be opened at a position; what keeps file systems out of the parsers. */
public interface ByteSource {
  /** The name that messages, positions and the ledger show. */
  String name();

  /** Length in bytes as stored (a compressed file's own length). */
  long size() throws IOException;

  /** Opens the stored bytes from {@code position} on; the caller closes. */
  InputStream open(long position) throws IOException;
}
