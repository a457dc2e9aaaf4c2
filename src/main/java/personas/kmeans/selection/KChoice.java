package personas.kmeans.selection;

import java.io.Serializable;
import java.util.Objects;

/**
 * Which candidate became the model, and why.
 *
 * @param index of the candidate
 * @param kind which kind of answer the candidate is
 * @param reason one sentence
 */
public record KChoice(int index, PartitionKind kind, String reason) implements Serializable {
  public KChoice {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(reason, "reason");
    if (index < 0) {
      throw new IllegalArgumentException("index: " + index + " is below 0");
    }
  }

  /** Whether the users have the structure that was asked for: false for a continuum. */
  public boolean clear() {
    return kind == PartitionKind.FIXED || kind == PartitionKind.SEPARATE_GROUPS;
  }
}
