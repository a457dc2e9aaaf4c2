package personas.kmeans.selection;

/** Which kind of answer a partition is to the question how many personas there are. */
public enum PartitionKind {
  /** k was given, or the users allow no other k, so nothing was compared. */
  FIXED,
  /** The clusters are stable, and a valley lies between any two neighbors. */
  SEPARATE_GROUPS,
  /** The users are a continuum, and other samples of them are cut in the same places. */
  USEFUL_SLICES,
  /** The users are a continuum, and every sample of them is cut in other places. */
  NO_STABLE_PARTITION
}
