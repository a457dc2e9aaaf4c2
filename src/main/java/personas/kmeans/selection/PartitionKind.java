package personas.kmeans.selection;

/**
 * The kind of partition that a clustering is: separate groups, slices of a continuum, or neither.
 */
public enum PartitionKind {
  /** k was given, or the data allows only one k, so no candidates were compared. */
  FIXED,
  /** The clusters are stable and large enough, and a valley lies between any two neighbors. */
  SEPARATE_GROUPS,
  /** The users are a continuum, and clustering other samples gives the same slices. */
  USEFUL_SLICES,
  /** The users are a continuum, and clustering other samples gives other slices. */
  NO_STABLE_PARTITION
}
