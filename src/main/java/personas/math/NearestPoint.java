package personas.math;

import java.util.Arrays;

/**
 * The point of a convex region that is nearest to the origin. The region is a box that is cut by
 * half-spaces. The method is the dual active set method of D. Goldfarb and A. Idnani, <i>A
 * numerically stable dual method for solving strictly convex quadratic programs</i>, Mathematical
 * Programming 27, 1983, with the identity matrix. It starts at the origin and adds the most
 * violated constraint until no constraint is violated. The number of steps is limited, and the
 * method does not draw random numbers. An instance is not thread-safe, because it owns its buffers.
 */
public final class NearestPoint {
  /**
   * If the squared length of a direction is not above this limit, it counts as 0: the constraint
   * then depends linearly on the active constraints.
   */
  private static final double DEPENDENT = 1e-14;

  private static final double TOLERANCE = 1e-12;
  private static final int STEPS_PER_CONSTRAINT = 20;

  /** The vectors of all constraints: the half-spaces, the lower bounds and the upper bounds. */
  private final double[][] normals;

  private final int halfSpaces;
  private final int m;
  private final double[] required;
  private final double[] point;

  /** Constraints that hold with equality, in the order in which they were added. */
  private final int[] active;

  private final double[] multipliers;
  private int count;

  /**
   * Creates a search for regions whose half-spaces have the same normals.
   *
   * @param halfSpaceNormals n vectors of length 1, each with m coordinates
   * @param m number of coordinates of a point
   */
  public NearestPoint(double[][] halfSpaceNormals, int m) {
    this.halfSpaces = halfSpaceNormals.length;
    this.m = m;
    this.normals = Arrays.copyOf(halfSpaceNormals, halfSpaces + 2 * m);
    for (int i = 0; i < m; i++) {
      normals[halfSpaces + i] = new double[m];
      normals[halfSpaces + i][i] = 1;
      normals[halfSpaces + m + i] = new double[m];
      normals[halfSpaces + m + i][i] = -1;
    }
    this.required = new double[normals.length];
    this.point = new double[m];
    this.active = new int[m];
    this.multipliers = new double[m];
  }

  /**
   * Returns the point of a region that is nearest to the origin.
   *
   * @param offsets n lower limits: for a point of the region, the dot product with each normal is
   *     at least the offset of the normal
   * @param lowest m lower bounds of the box; may be infinite
   * @param highest m upper bounds of the box; may be infinite
   * @return m coordinates; null if the region is empty, or if the limit of steps ends the search
   */
  public double[] find(double[] offsets, double[] lowest, double[] highest) {
    System.arraycopy(offsets, 0, required, 0, halfSpaces);
    System.arraycopy(lowest, 0, required, halfSpaces, m);
    for (int i = 0; i < m; i++) {
      required[halfSpaces + m + i] = -highest[i];
    }
    Arrays.fill(point, 0);
    count = 0;
    return find();
  }

  private double[] find() {
    for (int step = 0; step < STEPS_PER_CONSTRAINT * normals.length; step++) {
      int worst = mostViolated();
      if (worst < 0) {
        return point.clone();
      }
      if (!add(worst)) {
        return null;
      }
    }
    return null;
  }

  /** Returns the constraint that the point violates most; -1 if it violates none. */
  private int mostViolated() {
    int worst = -1;
    double least = 0;
    for (int c = 0; c < normals.length; c++) {
      double slack = slack(c);
      if (slack < least - TOLERANCE * (1 + Math.abs(required[c])) && !isActive(c)) {
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

  private double slack(int constraint) {
    int bound = constraint - halfSpaces;
    double product =
        bound < 0
            ? product(normals[constraint], point)
            : bound < m ? point[bound] : -point[bound - m];
    return product - required[constraint];
  }

  /**
   * Moves the point until it satisfies a constraint and all active constraints. Returns false if no
   * point satisfies them.
   */
  private boolean add(int constraint) {
    double[] normal = normals[constraint];
    double multiplier = 0;
    while (true) {
      double[] weights = weights(normal);
      double[] direction = direction(normal, weights);
      int leaving = leaving(weights);
      double dualLength =
          leaving < 0 ? Double.POSITIVE_INFINITY : multipliers[leaving] / weights[leaving];
      double squared = product(direction, direction);
      boolean isFree = count < m && squared > DEPENDENT;
      double primalLength = isFree ? -slack(constraint) / squared : Double.POSITIVE_INFINITY;
      double length = Math.min(dualLength, primalLength);
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
      if (primalLength <= dualLength) {
        active[count] = constraint;
        multipliers[count++] = multiplier;
        return true;
      }
      drop(leaving);
    }
  }

  private void drop(int position) {
    for (int i = position; i + 1 < count; i++) {
      active[i] = active[i + 1];
      multipliers[i] = multipliers[i + 1];
    }
    count--;
  }

  /** Returns the part of a normal that is orthogonal to all active normals. */
  private double[] direction(double[] normal, double[] weights) {
    double[] direction = normal.clone();
    for (int i = 0; i < count; i++) {
      double[] activeNormal = normals[active[i]];
      for (int f = 0; f < m; f++) {
        direction[f] -= weights[i] * activeNormal[f];
      }
    }
    return direction;
  }

  /**
   * Returns the position in {@link #active} of the constraint whose multiplier becomes 0 first; -1
   * if no multiplier becomes 0.
   */
  private int leaving(double[] weights) {
    int leaving = -1;
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < count; i++) {
      if (weights[i] > TOLERANCE && multipliers[i] / weights[i] < least) {
        least = multipliers[i] / weights[i];
        leaving = i;
      }
    }
    return leaving;
  }

  /**
   * Returns the weights of the active normals whose weighted sum is the projection of a vector on
   * their span.
   */
  private double[] weights(double[] vector) {
    double[][] rows = new double[count][count + 1];
    for (int i = 0; i < count; i++) {
      double[] normal = normals[active[i]];
      for (int j = 0; j < count; j++) {
        rows[i][j] = product(normal, normals[active[j]]);
      }
      rows[i][count] = product(normal, vector);
    }
    return solve(rows);
  }

  /**
   * Solves a linear system by Gaussian elimination with partial pivoting. The last column is the
   * right-hand side.
   */
  private static double[] solve(double[][] rows) {
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
