package personas.run.shard;

/** Counts what the passes cost. */
public interface PassCosts {
  /** A shard was needed. */
  void addLookup(boolean fromMemory);

  /**
   * Points were compared with centroids.
   *
   * @param computed distances that were computed
   * @param pairs pairs of a point and a centroid, which a pass without bounds computes
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
