package personas.run.shard;

/** Counts the costs of the passes. */
public interface PassCosts {
  /** Counts the use of a shard, which was in memory or was read from a file. */
  void addLookup(boolean fromMemory);

  /**
   * Counts distances.
   *
   * @param computed the distances that were computed
   * @param pairs the pairs of a point and a centroid, all of which a pass without bounds would
   *     compute
   */
  void addDistances(long computed, long pairs);

  /** Counts nothing. */
  PassCosts NONE =
      new PassCosts() {
        @Override
        public void addLookup(boolean fromMemory) {}

        @Override
        public void addDistances(long computed, long pairs) {}
      };
}
