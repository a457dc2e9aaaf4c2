package personas.kmeans.seeding;

/**
 * The conditions that end a {@link HybridGeneticSearch} before its work is used up. The search
 * first makes starts, and then children, each from two earlier clusterings.
 *
 * @param starts number of starts with the best clustering after which no more starts are made
 * @param fruitlessStarts number of starts in a row without a better clustering after which no more
 *     starts are made
 * @param children number of children in a row after which the search ends, if all of them together
 *     improved the best clustering by at most {@code leastGain}
 * @param childrenOnAll the value of {@code children} for the search on all points after a search on
 *     a part of the points
 * @param leastGain the limit of the gain of these children, as a share of the inertia
 */
record SearchPatience(
    int starts, int fruitlessStarts, int children, int childrenOnAll, double leastGain) {

  /**
   * Returns the patience for k clusters. With many clusters, each start and each child has tried
   * all promising swaps, so fewer starts and children are needed. If clusters overlap heavily,
   * nearly every start ends at another inertia. Then a child costs less than a start and gains
   * more.
   */
  static SearchPatience of(int k, Effort effort) {
    return k < HartiganLloyd.SWAPS_FROM
        ? new SearchPatience(
            Integer.MAX_VALUE, Integer.MAX_VALUE, (int) effort.of(60), (int) effort.of(20), 0)
        : new SearchPatience(
            (int) effort.of(3), (int) effort.of(4), (int) effort.of(20), (int) effort.of(8), 1e-6);
  }
}
