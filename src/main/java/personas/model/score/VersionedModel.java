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
  /** The keys of a scored message in addition to the columns of assignments-*.csv. */
  public static final List<String> KEYS = List.of("source", "position", "model");

  public VersionedModel {
    Require.notEmpty("digest", digest);
    Objects.requireNonNull(model, "model");
  }
}
