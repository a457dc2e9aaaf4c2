package personas.kmeans.selection;

import java.io.Serializable;
import java.util.Objects;
import personas.math.Require;

/**
 * The candidate that became the model, and the reason.
 *
 * @param index the index of the candidate
 * @param kind the kind of partition
 * @param reason a phrase for people
 */
public record KChoice(int index, PartitionKind kind, String reason) implements Serializable {
  public KChoice {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(reason, "reason");
    Require.atLeast(0, "index", index);
  }

  /**
   * Returns whether the clusters are separate groups, k was given, or only one k was possible;
   * false for a continuum.
   */
  public boolean isClear() {
    return kind == PartitionKind.FIXED || kind == PartitionKind.SEPARATE_GROUPS;
  }
}
