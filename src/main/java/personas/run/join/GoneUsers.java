package personas.run.join;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import personas.connector.storage.Folder;

/** Reads the users that a {@link GoneUserWriter} staged. */
public final class GoneUsers {
  private GoneUsers() {}

  /** Takes each user of a file. */
  public interface UserConsumer {
    /**
     * Takes a user.
     *
     * @param id the id in UTF-8
     * @param cluster the index of the user's cluster in the previous model
     */
    void take(byte[] id, int cluster) throws IOException;
  }

  /** Reads a file and passes each user to a consumer. */
  public static void read(String path, UserConsumer consumer) throws IOException {
    try (DataInputStream in = new DataInputStream(new BufferedInputStream(Folder.open(path)))) {
      for (int cluster = in.readShort(); cluster != GoneUserWriter.END; cluster = in.readShort()) {
        byte[] id = new byte[in.readUnsignedShort()];
        in.readFully(id);
        consumer.take(id, cluster);
      }
    }
  }
}
