package personas.model.score;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.util.List;
import personas.connector.storage.Folder;
import personas.math.Hashing;
import personas.model.Model;
import personas.model.ModelJson;
import personas.table.read.MessageReader;

/**
 * The model that a stream is scored with for now.
 *
 * @param tick the larger, the later it was read
 * @param digest the first 16 hexadecimal digits of the SHA-256 of its file
 */
public record VersionedModel(long tick, String digest, ScoringModel model) implements Serializable {
  /** What an event says beside the columns of assignments-*.csv. */
  public static final List<String> KEYS = List.of("source", "position", "model");

  private static final int DIGEST_DIGITS = 16;

  /**
   * Where the model is, and how messages are read for it.
   *
   * @param path of a {@code model.json}
   * @param columns beside the features
   * @param header the header line of the CSV that messages hold; null where they hold JSON
   */
  public record Source(String path, ScoringColumns columns, String header) implements Serializable {
    /**
     * Reads the model as it is now.
     *
     * @param tick of the result
     * @throws IOException where it cannot be read, is no model, or needs a column that messages do
     *     not have
     */
    public VersionedModel read(long tick) throws IOException {
      byte[] bytes;
      try (InputStream in = Folder.open(path)) {
        bytes = in.readAllBytes();
      }
      Model model = ModelJson.read(path, new ByteArrayInputStream(bytes));
      ScoringModel saved;
      try {
        saved = ScoringModel.of(model, columns.schema(model));
      } catch (IllegalArgumentException e) {
        throw new IOException(path + ": " + e.getMessage(), e);
      }
      reader(saved);
      return new VersionedModel(tick, digest(bytes), saved);
    }

    MessageReader reader(ScoringModel model) throws IOException {
      return new MessageReader(model.schema(), header);
    }
  }

  private static String digest(byte[] bytes) {
    return Hashing.sha256(bytes).substring(0, DIGEST_DIGITS);
  }

  /** The one that was read later. */
  public static VersionedModel later(Iterable<VersionedModel> models) {
    VersionedModel latest = null;
    for (VersionedModel each : models) {
      latest = latest == null || each.tick > latest.tick ? each : latest;
    }
    return latest;
  }
}
