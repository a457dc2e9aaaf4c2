package personas.kmeans.seeding;

/**
 * When a search ends before its work is used up.
 *
 * @param starts so many starts led to the best clustering
 * @param children so many children in a row bettered nothing
 * @param childrenOnAll the same where a part of the points was searched before
 */
record SearchPatience(int starts, int children, int childrenOnAll) {

  /** Each start and each child of many clusters has been through all promising swaps. */
  static SearchPatience of(int k, Effort effort) {
    return k < HartiganLloyd.SWAPS_FROM
        ? new SearchPatience(Integer.MAX_VALUE, (int) effort.of(60), (int) effort.of(20))
        : new SearchPatience((int) effort.of(3), (int) effort.of(20), (int) effort.of(8));
  }
}
