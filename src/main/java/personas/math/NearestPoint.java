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

  /** A constraint or a weight counts as violated or positive only beyond this tolerance. */
  private static final double TOLERANCE = 1e-12;

  private static final int STEPS_PER_CONSTRAINT = 20;

  /** The normals of all constraints: the half-spaces, the lower bounds and the upper bounds. */
  private final double[][] normals;

  private final int halfSpaceCount;

  /** The number of coordinates of a point. */
  private final int m;

  /** The dot product of a point with the normal of each constraint is at least this number. */
  private final double[] required;

  private final double[] point;

  /** Constraints that hold with equality, in the order in which they were added. */
  private final int[] active;

  /** The Lagrange multipliers of the active constraints. */
  private final double[] multipliers;

  private int activeCount;

  /**
   * Creates a search for regions whose half-spaces have the same normals.
   *
   * @param halfSpaceNormals n vectors of length 1, each with m coordinates
   * @param m number of coordinates of a point
   */
  public NearestPoint(double[][] halfSpaceNormals, int m) {
    this.halfSpaceCount = halfSpaceNormals.length;
    this.m = m;
    this.normals = Arrays.copyOf(halfSpaceNormals, halfSpaceCount + 2 * m);
    for (int i = 0; i < m; i++) {
      normals[halfSpaceCount + i] = new double[m];
      normals[halfSpaceCount + i][i] = 1;
      normals[halfSpaceCount + m + i] = new double[m];
      normals[halfSpaceCount + m + i][i] = -1;
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
    System.arraycopy(offsets, 0, required, 0, halfSpaceCount);
    System.arraycopy(lowest, 0, required, halfSpaceCount, m);
    for (int i = 0; i < m; i++) {
      required[halfSpaceCount + m + i] = -highest[i];
    }
    Arrays.fill(point, 0);
    activeCount = 0;
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
    for (int i = 0; i < activeCount; i++) {
      if (active[i] == constraint) {
        return true;
      }
    }
    return false;
  }

  /** Returns the dot product of the point and a normal, minus its limit; negative if violated. */
  private double slack(int constraint) {
    int bound = constraint - halfSpaceCount;
    double product =
        bound < 0
            ? product(normals[constraint], point)
            : bound < m ? point[bound] : -point[bound - m];
    return product - required[constraint];
  }

  /**
   * Moves the point until it satisfies a constraint with equality, and makes this constraint
   * active. An active constraint whose multiplier becomes 0 on the way is dropped. Returns false if
   * no point satisfies the constraint and all active constraints.
   */
  private boolean add(int constraint) {
    double[] normal = normals[constraint];
    double multiplier = 0;
    while (true) {
      double[] weights = weights(normal);
      double[] direction = direction(normal, weights);
      int droppedPosition = positionToDrop(weights);
      double dualLength =
          droppedPosition < 0
              ? Double.POSITIVE_INFINITY
              : multipliers[droppedPosition] / weights[droppedPosition];
      double squared = product(direction, direction);
      boolean isFree = activeCount < m && squared > DEPENDENT;
      double primalLength = isFree ? -slack(constraint) / squared : Double.POSITIVE_INFINITY;
      double length = Math.min(dualLength, primalLength);
      if (Double.isInfinite(length)) {
        return false;
      }
      for (int i = 0; i < activeCount; i++) {
        multipliers[i] -= length * weights[i];
      }
      multiplier += length;
      if (isFree) {
        move(direction, length);
      }
      if (primalLength <= dualLength) {
        activate(constraint, multiplier);
        return true;
      }
      drop(droppedPosition);
    }
  }

  private void activate(int constraint, double multiplier) {
    active[activeCount] = constraint;
    multipliers[activeCount] = multiplier;
    activeCount++;
  }

  private void move(double[] direction, double length) {
    for (int f = 0; f < m; f++) {
      point[f] += length * direction[f];
    }
  }

  private void drop(int position) {
    for (int i = position; i + 1 < activeCount; i++) {
      active[i] = active[i + 1];
      multipliers[i] = multipliers[i + 1];
    }
    activeCount--;
  }

  /** Returns the part of a normal that is orthogonal to all active normals. */
  private double[] direction(double[] normal, double[] weights) {
    double[] direction = normal.clone();
    for (int i = 0; i < activeCount; i++) {
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
  private int positionToDrop(double[] weights) {
    int position = -1;
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < activeCount; i++) {
      if (weights[i] > TOLERANCE && multipliers[i] / weights[i] < least) {
        least = multipliers[i] / weights[i];
        position = i;
      }
    }
    return position;
  }

  /**
   * Returns the weights of the active normals whose weighted sum is the projection of a vector on
   * their span.
   */
  private double[] weights(double[] vector) {
    double[][] rows = new double[activeCount][activeCount + 1];
    for (int i = 0; i < activeCount; i++) {
      double[] normal = normals[active[i]];
      for (int j = 0; j < activeCount; j++) {
        rows[i][j] = product(normal, normals[active[j]]);
      }
      rows[i][activeCount] = product(normal, vector);
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
      double remainder = rows[i][n];
      for (int j = i + 1; j < n; j++) {
        remainder -= rows[i][j] * solution[j];
      }
      solution[i] = remainder / rows[i][i];
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
