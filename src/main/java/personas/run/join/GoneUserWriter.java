package personas.run.join;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.UUID;
import personas.connector.storage.Folder;

/** Stages the users of the previous run who are not in the current run. */
public final class GoneUserWriter implements Closeable {
  /** Marks the end of the file. */
  static final int END = -1;

  private final String path;
  private DataOutputStream out;

  /** Creates a writer of a file whose name no other attempt has. */
  public GoneUserWriter(Folder folder) {
    path = folder.file(UUID.randomUUID() + ".gone");
  }

  /**
   * Adds a user.
   *
   * @param id the id in UTF-8
   * @param cluster the index of the user's cluster in the previous model
   */
  void add(byte[] id, int cluster) throws IOException {
    if (out == null) {
      out = new DataOutputStream(new BufferedOutputStream(Folder.create(path)));
    }
    out.writeShort(cluster);
    out.writeShort(id.length);
    out.write(id);
  }

  /** Returns the path of the file; empty if no user is gone. */
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
