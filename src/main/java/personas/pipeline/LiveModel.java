package personas.pipeline;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import personas.connector.storage.Folder;
import personas.data.MessageReader;
import personas.model.Model;
import personas.model.ModelColumns;
import personas.model.ModelJson;
import personas.model.SavedModel;

/**
 * The model that a stream is scored with for now.
 *
 * @param tick the larger, the later it was read
 * @param digest the first 16 hexadecimal digits of the SHA-256 of its file
 */
public record LiveModel(long tick, String digest, SavedModel model) implements Serializable {
  /** What an event says beside the columns of assignments-*.csv. */
  public static final List<String> KEYS = List.of("source", "position", "model");

  private static final int DIGEST_BYTES = 8;

  /**
   * Where the model is, and how messages are read for it.
   *
   * @param path of a {@code model.json}
   * @param columns beside the features
   * @param header the header line of the CSV that messages hold; null where they hold JSON
   */
  public record Source(String path, ModelColumns columns, String header) implements Serializable {
    /**
     * Reads the model as it is now.
     *
     * @param tick of the result
     * @throws IOException where it cannot be read, is no model, or needs a column that messages do
     *     not have
     */
    public LiveModel read(long tick) throws IOException {
      byte[] bytes;
      try (InputStream in = Folder.open(path)) {
        bytes = in.readAllBytes();
      }
      Model model = ModelJson.read(path, new ByteArrayInputStream(bytes));
      SavedModel saved;
      try {
        saved = SavedModel.of(model, columns.schema(model));
      } catch (IllegalArgumentException e) {
        throw new IOException(path + ": " + e.getMessage(), e);
      }
      reader(saved);
      return new LiveModel(tick, digest(bytes), saved);
    }

    MessageReader reader(SavedModel model) throws IOException {
      return new MessageReader(model.schema(), header);
    }
  }

  private static String digest(byte[] bytes) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
      return HexFormat.of().formatHex(hash, 0, DIGEST_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The one that was read later. */
  static LiveModel later(Iterable<LiveModel> models) {
    LiveModel latest = null;
    for (LiveModel each : models) {
      latest = latest == null || each.tick > latest.tick ? each : latest;
    }
    return latest;
  }
}
