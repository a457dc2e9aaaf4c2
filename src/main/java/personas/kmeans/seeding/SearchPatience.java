package personas.kmeans.seeding;

/**
 * When a search ends before its work is used up.
 *
 * @param starts so many starts led to the best clustering
 * @param fruitlessStarts so many starts in a row bettered nothing
 * @param children so many children in a row bettered next to nothing
 * @param childrenOnAll the same where a part of the points was searched before
 * @param leastGain the share of the inertia by which that many children have to better the best
 */
record SearchPatience(
    int starts, int fruitlessStarts, int children, int childrenOnAll, double leastGain) {

  /**
   * Each start and each child of many clusters has been through all promising swaps. Where clusters
   * overlap heavily, nearly every one ends a little lower or higher than the others, and a child
   * costs less than a start and gains more.
   */
  static SearchPatience of(int k, Effort effort) {
    return k < HartiganLloyd.SWAPS_FROM
        ? new SearchPatience(
            Integer.MAX_VALUE, Integer.MAX_VALUE, (int) effort.of(60), (int) effort.of(20), 0)
        : new SearchPatience(
            (int) effort.of(3), (int) effort.of(4), (int) effort.of(20), (int) effort.of(8), 1e-5);
  }
}
