package personas.math;

import java.util.Arrays;

/**
 * The point of a convex region that is nearest to the origin. The region is a box that is cut by
 * half-spaces. The method is the dual active set of D. Goldfarb and A. Idnani, <i>A numerically
 * stable dual method for solving strictly convex quadratic programs</i>, Mathematical Programming
 * 27, 1983, for the identity as the matrix: it starts at the origin and adds the constraint that is
 * violated most, until none is. It ends after finitely many steps and draws nothing at random.
 */
public final class NearestPoint {
  /** The square of a direction below this counts as 0: the constraint depends on the active ones. */
  private static final double DEPENDENT = 1e-14;

  private static final double TOLERANCE = 1e-12;
  private static final int STEPS_PER_CONSTRAINT = 20;

  private final double[][] normals;
  private final double[] offsets;
  private final double[] lowest;
  private final double[] highest;
  private final int m;
  private final double[] point;

  /** Constraints that hold with equality, in the order in which they came, with their multipliers. */
  private final int[] active;

  private final double[] multipliers;
  private int count;

  private NearestPoint(double[][] normals, double[] offsets, double[] lowest, double[] highest) {
    this.normals = normals;
    this.offsets = offsets;
    this.lowest = lowest;
    this.highest = highest;
    this.m = lowest.length;
    this.point = new double[m];
    this.active = new int[m];
    this.multipliers = new double[m];
  }

  /**
   * Finds the point.
   *
   * @param normals n vectors of length 1, each with m coordinates
   * @param offsets n numbers: the product of a point of the region with {@code normals[i]} is at
   *     least {@code offsets[i]}
   * @param lowest m lower bounds of the box; may be infinite
   * @param highest m upper bounds of the box; may be infinite
   * @return m coordinates; null if the region has no point
   */
  public static double[] of(
      double[][] normals, double[] offsets, double[] lowest, double[] highest) {
    return new NearestPoint(normals, offsets, lowest, highest).find();
  }

  private double[] find() {
    int constraints = normals.length + 2 * m;
    for (int step = 0; step < STEPS_PER_CONSTRAINT * constraints; step++) {
      int worst = mostViolated();
      if (worst < 0) {
        return point;
      }
      if (!add(worst)) {
        return null;
      }
    }
    return null;
  }

  /** The constraint that the point violates most; -1 if it violates none. */
  private int mostViolated() {
    int worst = -1;
    double least = 0;
    for (int c = 0; c < normals.length + 2 * m; c++) {
      double slack = slack(c);
      if (slack < least - TOLERANCE * (1 + Math.abs(offset(c))) && !isActive(c)) {
        least = slack;
        worst = c;
      }
    }
    return worst;
  }

  private boolean isActive(int constraint) {
    for (int i = 0; i < count; i++) {
      if (active[i] == constraint) {
        return true;
      }
    }
    return false;
  }

  private double offset(int constraint) {
    int bound = constraint - normals.length;
    return bound < 0 ? offsets[constraint] : bound < m ? lowest[bound] : -highest[bound - m];
  }

  private double slack(int constraint) {
    int bound = constraint - normals.length;
    if (bound >= 0) {
      return bound < m ? point[bound] - lowest[bound] : highest[bound - m] - point[bound - m];
    }
    return product(normals[constraint], point) - offsets[constraint];
  }

  private double[] normal(int constraint) {
    int bound = constraint - normals.length;
    if (bound < 0) {
      return normals[constraint];
    }
    double[] unit = new double[m];
    unit[bound % m] = bound < m ? 1 : -1;
    return unit;
  }

  /** Moves the point until it meets a constraint; returns false if no point meets all of them. */
  private boolean add(int constraint) {
    double[] normal = normal(constraint);
    double multiplier = 0;
    while (true) {
      double[] weights = weights(normal);
      double[] direction = normal.clone();
      for (int i = 0; i < count; i++) {
        double[] each = normal(active[i]);
        for (int f = 0; f < m; f++) {
          direction[f] -= weights[i] * each[f];
        }
      }
      int leaving = -1;
      double dual = Double.POSITIVE_INFINITY;
      for (int i = 0; i < count; i++) {
        if (weights[i] > TOLERANCE && multipliers[i] / weights[i] < dual) {
          dual = multipliers[i] / weights[i];
          leaving = i;
        }
      }
      double squared = product(direction, direction);
      boolean isFree = count < m && squared > DEPENDENT;
      double primal = isFree ? -slack(constraint) / squared : Double.POSITIVE_INFINITY;
      double length = Math.min(dual, primal);
      if (Double.isInfinite(length)) {
        return false;
      }
      for (int i = 0; i < count; i++) {
        multipliers[i] -= length * weights[i];
      }
      multiplier += length;
      for (int f = 0; f < m && isFree; f++) {
        point[f] += length * direction[f];
      }
      if (primal <= dual) {
        active[count] = constraint;
        multipliers[count++] = multiplier;
        return true;
      }
      drop(leaving);
    }
  }

  private void drop(int place) {
    for (int i = place; i + 1 < count; i++) {
      active[i] = active[i + 1];
      multipliers[i] = multipliers[i + 1];
    }
    count--;
  }

  /** The weights of the active normals whose sum is the projection of a vector on their span. */
  private double[] weights(double[] vector) {
    double[][] rows = new double[count][count + 1];
    for (int i = 0; i < count; i++) {
      double[] normal = normal(active[i]);
      for (int j = 0; j < count; j++) {
        rows[i][j] = product(normal, normal(active[j]));
      }
      rows[i][count] = product(normal, vector);
    }
    return solved(rows);
  }

  /** Gaussian elimination with pivots. */
  private static double[] solved(double[][] rows) {
    int n = rows.length;
    for (int i = 0; i < n; i++) {
      int pivot = i;
      for (int j = i + 1; j < n; j++) {
        pivot = Math.abs(rows[j][i]) > Math.abs(rows[pivot][i]) ? j : pivot;
      }
      double[] row = rows[pivot];
      rows[pivot] = rows[i];
      rows[i] = row;
      for (int j = i + 1; j < n; j++) {
        double factor = rows[j][i] / row[i];
        for (int c = i; c <= n; c++) {
          rows[j][c] -= factor * row[c];
        }
      }
    }
    double[] solution = new double[n];
    Arrays.fill(solution, 0);
    for (int i = n - 1; i >= 0; i--) {
      double rest = rows[i][n];
      for (int j = i + 1; j < n; j++) {
        rest -= rows[i][j] * solution[j];
      }
      solution[i] = rest / rows[i][i];
    }
    return solution;
  }

  private static double product(double[] a, double[] b) {
    double sum = 0;
    for (int f = 0; f < a.length; f++) {
      sum += a[f] * b[f];
    }
    return sum;
  }
}
