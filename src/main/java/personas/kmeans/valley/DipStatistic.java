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
  private final int[] minorant;
  private final int[] majorant;
  private final int[] lower;
  private final int[] upper;

  // The corners where the hulls of a stretch are farthest apart.
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

  /**
   * Computes the next corner of the convex minorant to the left, and of the concave majorant to the
   * right.
   */
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
   * Returns the widest gap between the two hulls of a stretch, and sets {@link #lowerAt} and {@link
   * #upperAt} to the corners at the gap.
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

  /** Returns how many steps the chord between two corners rises up to point i. */
  private double rise(int left, int right, int i) {
    return (x[i] - x[left]) * (right - left) / (x[right] - x[left]);
  }

  /** Returns how far the points lie above the chords of the lower hull, in steps. */
  private double aboveLowerHull(int from, int length) {
    double largest = 0;
    for (int j = from; j < length; j++) {
      int left = lower[j + 1];
      int right = lower[j];
      double most = 1;
      for (int i = left; right - left > 1 && x[right] != x[left] && i <= right; i++) {
        most = Math.max(most, i - left + 1 - rise(left, right, i));
      }
      largest = Math.max(largest, most);
    }
    return largest;
  }

  /** Returns how far the points lie below the chords of the upper hull, in steps. */
  private double belowUpperHull(int from, int length) {
    double largest = 0;
    for (int j = from; j < length; j++) {
      int left = upper[j];
      int right = upper[j + 1];
      double most = 1;
      for (int i = left; right - left > 1 && x[right] != x[left] && i <= right; i++) {
        most = Math.max(most, rise(left, right, i) - (i - left - 1));
      }
      largest = Math.max(largest, most);
    }
    return largest;
  }
}
