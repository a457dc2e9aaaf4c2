package personas.run.join;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.UUID;
import personas.connector.storage.Folder;

/** Stages users of the previous run who are not in this one. */
public final class GoneUserWriter implements Closeable {
  /** Stands behind the last user. */
  static final int END = -1;

  private final String path;
  private DataOutputStream out;

  /** A writer of a file whose name no other attempt has. */
  public GoneUserWriter(Folder folder) {
    path = folder.file(UUID.randomUUID() + ".gone");
  }

  /**
   * Adds a user.
   *
   * @param id in UTF-8
   * @param cluster the place of the user's cluster in the previous model
   */
  void add(byte[] id, int cluster) throws IOException {
    if (out == null) {
      out = new DataOutputStream(new BufferedOutputStream(Folder.create(path)));
    }
    out.writeShort(cluster);
    out.writeShort(id.length);
    out.write(id);
  }

  /** The file; empty if nobody is gone. */
  public String path() {
    return out == null ? "" : path;
  }

  @Override
  public void close() throws IOException {
    if (out != null) {
      out.writeShort(END);
      out.close();
    }
  }
}
