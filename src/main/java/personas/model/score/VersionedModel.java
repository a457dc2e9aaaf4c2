package personas.model.score;

import java.io.Serializable;
import java.util.List;

/**
 * The model that a stream is scored with for now.
 *
 * @param digest the first 16 hexadecimal digits of the SHA-256 of its file
 */
public record VersionedModel(String digest, ScoringModel model) implements Serializable {
  /** What an event says beside the columns of assignments-*.csv. */
  public static final List<String> KEYS = List.of("source", "position", "model");
}
