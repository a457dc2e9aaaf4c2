package personas.kmeans.seeding;

/**
 * When a search ends before its work is used up.
 *
 * @param starts so many starts led to the best clustering
 * @param children so many children in a row bettered nothing
 * @param childrenOnAll likewise where a part of the points was searched before
 */
record SearchPatience(int starts, int children, int childrenOnAll) {
  private static final SearchPatience FEW_CLUSTERS = new SearchPatience(Integer.MAX_VALUE, 60, 20);

  /** Each start and each child has been through all promising swaps. */
  private static final SearchPatience MANY_CLUSTERS = new SearchPatience(3, 20, 8);

  static SearchPatience of(int k) {
    return k < HartiganLloyd.SWAPS_FROM ? FEW_CLUSTERS : MANY_CLUSTERS;
  }
}
