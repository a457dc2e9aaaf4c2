package personas.kmeans.valley;

/**
 * The dip statistic of n numbers: the largest distance between their distribution function and the
 * distribution function of the nearest distribution with one peak. The dip is between 1 / (2n) and
 * 1/4. If the distribution of the numbers has one peak, the dip falls with 1 / √n.
 *
 * <p>Source: J. A. Hartigan and P. M. Hartigan, <i>The dip test of unimodality</i>, Annals of
 * Statistics 13(1), 1985. The algorithm is AS 217 of P. M. Hartigan, 1985, with the corrections of
 * the R package diptest of M. Maechler.
 */
public final class DipStatistic {
  private final double[] x;
  private final int n;

  /** For each point, the next corner to the left on the convex minorant of the points up to it. */
  private final int[] minorant;

  /** For each point, the next corner to the right on the concave majorant of the points from it. */
  private final int[] majorant;

  /** The corners of the lower hull of the current interval, from right to left. */
  private final int[] lower;

  /** The corners of the upper hull of the current interval, from left to right. */
  private final int[] upper;

  // The corners where the two hulls of the current interval are farthest apart.
  private int lowerAt;
  private int upperAt;

  /** Copies the numbers. Indices count from 1, as in the published algorithm. */
  private DipStatistic(double[] sorted) {
    n = sorted.length;
    x = new double[n + 1];
    System.arraycopy(sorted, 0, x, 1, n);
    minorant = new int[n + 1];
    majorant = new int[n + 1];
    lower = new int[n + 2];
    upper = new int[n + 2];
  }

  /**
   * Returns the dip of numbers.
   *
   * @param sorted the numbers, ascending
   * @return at most 1/4; 0 if there are fewer than two different numbers
   */
  public static double of(double[] sorted) {
    int n = sorted.length;
    if (n < 2 || sorted[0] == sorted[n - 1]) {
      return 0;
    }
    DipStatistic dip = new DipStatistic(sorted);
    dip.computeHulls();
    return dip.search() / (2.0 * n);
  }

  /** Computes {@link #minorant} and {@link #majorant}. */
  private void computeHulls() {
    minorant[1] = 1;
    for (int j = 2; j <= n; j++) {
      int corner = j - 1;
      while (corner != 1 && !isSteeper(j, corner, minorant[corner])) {
        corner = minorant[corner];
      }
      minorant[j] = corner;
    }
    majorant[n] = n;
    for (int j = n - 1; j >= 1; j--) {
      int corner = j + 1;
      while (corner != n && !isSteeper(j, corner, majorant[corner])) {
        corner = majorant[corner];
      }
      majorant[j] = corner;
    }
  }

  private boolean isSteeper(int j, int corner, int next) {
    return (x[j] - x[corner]) * (corner - next) < (x[corner] - x[next]) * (j - corner);
  }

  private double search() {
    int low = 1;
    int high = n;
    double dip = 1;
    while (true) {
      int lowerLength = chain(lower, high, low, minorant);
      int upperLength = chain(upper, low, high, majorant);
      if (widestGap(lowerLength, upperLength) < dip) {
        return dip;
      }
      dip = Math.max(dip, aboveLowerHull(lowerAt, lowerLength));
      dip = Math.max(dip, belowUpperHull(upperAt, upperLength));
      if (low == lower[lowerAt] && high == upper[upperAt]) {
        return dip;
      }
      low = lower[lowerAt];
      high = upper[upperAt];
    }
  }

  /**
   * Returns the widest gap between the two hulls of the current interval, and sets {@link #lowerAt}
   * and {@link #upperAt} to the corners at the gap.
   */
  private double widestGap(int lowerLength, int upperLength) {
    lowerAt = lowerLength;
    upperAt = upperLength;
    if (lowerLength == 2 && upperLength == 2) {
      return 1;
    }
    double widest = 0;
    int l = lowerLength - 1;
    int u = 2;
    do {
      double gap;
      boolean fromLower = lower[l] > upper[u];
      if (fromLower) {
        gap = upper[u] - lower[l + 1] + 1 - rise(lower[l + 1], lower[l], upper[u]);
        u++;
      } else {
        gap = rise(upper[u - 1], upper[u], lower[l]) - (lower[l] - upper[u - 1] - 1);
        l--;
      }
      if (gap >= widest) {
        widest = gap;
        lowerAt = l + 1;
        upperAt = fromLower ? u - 1 : u;
      }
      l = Math.max(l, 1);
      u = Math.min(u, upperLength);
    } while (lower[l] != upper[u]);
    return widest;
  }

  /**
   * Writes the corners of a hull from one point to another into {@code corners}, and returns the
   * number of corners.
   */
  private static int chain(int[] corners, int from, int to, int[] next) {
    int length = 1;
    corners[1] = from;
    while (corners[length] != to) {
      corners[length + 1] = next[corners[length]];
      length++;
    }
    return length;
  }

  /** Returns the rise of the chord between two corners up to point i. One step is 1 / n. */
  private double rise(int left, int right, int i) {
    return (x[i] - x[left]) * (right - left) / (x[right] - x[left]);
  }

  /**
   * Returns the largest distance of a point above the chords of the lower hull, in steps; at least
   * 1 if there is a chord.
   */
  private double aboveLowerHull(int from, int length) {
    double largest = 0;
    for (int j = from; j < length; j++) {
      int left = lower[j + 1];
      int right = lower[j];
      double largestOfChord = 1;
      for (int i = left; right - left > 1 && x[right] != x[left] && i <= right; i++) {
        largestOfChord = Math.max(largestOfChord, i - left + 1 - rise(left, right, i));
      }
      largest = Math.max(largest, largestOfChord);
    }
    return largest;
  }

  /**
   * Returns the largest distance of a point below the chords of the upper hull, in steps; at least
   * 1 if there is a chord.
   */
  private double belowUpperHull(int from, int length) {
    double largest = 0;
    for (int j = from; j < length; j++) {
      int left = upper[j];
      int right = upper[j + 1];
      double largestOfChord = 1;
      for (int i = left; right - left > 1 && x[right] != x[left] && i <= right; i++) {
        largestOfChord = Math.max(largestOfChord, rise(left, right, i) - (i - left - 1));
      }
      largest = Math.max(largest, largestOfChord);
    }
    return largest;
  }
}
