package personas.kmeans.selection;

import java.io.Serializable;

/**
 * The candidate that became the model, and the reason.
 *
 * @param index the index of the candidate
 * @param kind the kind of partition
 * @param reason a phrase for people
 */
public record KChoice(int index, PartitionKind kind, String reason) implements Serializable {

  /** Returns whether the clusters are separate groups or k was given; false for a continuum. */
  public boolean clear() {
    return kind == PartitionKind.FIXED || kind == PartitionKind.SEPARATE_GROUPS;
  }
}
