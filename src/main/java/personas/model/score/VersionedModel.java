package personas.model.score;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import personas.math.Require;

/**
 * The current model of a stream.
 *
 * @param digest the first 16 hexadecimal digits of the SHA-256 of the model file
 * @param model the model
 */
public record VersionedModel(String digest, ScoringModel model) implements Serializable {
  /** The key of the source of the message: the topic and the partition, or the name of the file. */
  public static final String SOURCE_KEY = "source";

  /** The key of the position of the message in the source. */
  public static final String POSITION_KEY = "position";

  /** The key of the digest of the model. */
  public static final String MODEL_KEY = "model";

  /** The keys of a scored message in addition to the columns of assignments-*.csv. */
  public static final List<String> KEYS = List.of(SOURCE_KEY, POSITION_KEY, MODEL_KEY);

  public VersionedModel {
    Require.notEmpty("digest", digest);
    Objects.requireNonNull(model, "model");
  }
}
