package personas.model.explain;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import personas.feature.CategoryLevel;
import personas.feature.ColumnFeature;
import personas.feature.Feature;
import personas.feature.LevelFeature;
import personas.feature.Transform;
import personas.feature.ValueLimits;
import personas.feature.moments.Standardizer;
import personas.kmeans.Centroids;
import personas.kmeans.LloydKernel;
import personas.math.NearestPoint;

/**
 * Finds the least change of a user's actionable values that moves the user to another cluster. The
 * length of a change is measured in standardized values. The users of a cluster fill a convex
 * region, the Voronoi cell of the centroid. So the least change of numbers is a projection on this
 * region within the allowed ranges ({@link NearestPoint}). Whole numbers are searched by branch and
 * bound (A. H. Land and A. G. Doig, <i>An automatic method of solving discrete programming
 * problems</i>, Econometrica 28, 1960). All levels of categories are tried. Values are rounded to
 * the fewest decimals that lengthen the change by at most a thousandth. Every result is scored
 * before it is returned. An instance is not thread-safe, because it owns its buffers.
 */
final class LeastChange {
  /** A change may be longer than the least change by this share. */
  private static final double TOLERANCE = 0.001;

  /**
   * The largest number of combinations of levels that are tried. With more combinations, one
   * category changes at a time.
   */
  private static final int MAX_COMBINATIONS = 1000;

  /**
   * The largest number of projections for one user. After that number, the search returns the best
   * change so far.
   */
  private static final int MAX_PROJECTIONS = 1000;

  /**
   * The number of digits of a change with which the search starts. Three digits are often enough.
   */
  private static final int MIN_DIGITS = 3;

  /** The number of digits of a change with which the search ends. */
  private static final int MAX_DIGITS = 9;

  /**
   * An upper bound of the rounding error of a standardized value: half a step of the grid is 2⁻²⁵.
   */
  private static final double GRID_ERROR = 0x1p-24;

  /**
   * A thousandth of a smaller change is less than nine steps of the grid, which is too few for a
   * comparison of lengths.
   */
  private static final double FINE = 0x1p-11;

  /** A smaller change of a standardized value counts as 0. */
  private static final double ZERO = 1e-12;

  private final Standardizer standardizer;
  private final Centroids centroids;
  private final List<ChangeRule> rules;
  private final LloydKernel kernel;
  private final int d;

  /** The m columns of numbers that may change. */
  private final int[] columns;

  /** For each category that may change, the columns of its indicators. */
  private final List<int[]> categories = new ArrayList<>();

  private final boolean triesAllCombinations;
  private final double[][] point;
  private final int[] nearest = new int[1];
  private final double[] squared = new double[1];

  // The state of the search for one user.
  private double[] raw;
  private double[] zScores;
  private int target;
  private double[][] normals;
  private NearestPoint cell;
  private double[] lowest;
  private double[] highest;

  /** The raw values of the user with other levels of categories. */
  private double[] levelRaw;

  private double[] levelScores;
  private double[] offsets;
  private double[] best;
  private double leastCost;
  private int projections;
  private boolean hasMissedTarget;

  LeastChange(Standardizer standardizer, Centroids centroids, List<ChangeRule> rules) {
    this.standardizer = standardizer;
    this.centroids = centroids;
    this.rules = rules;
    this.kernel = new LloydKernel(centroids);
    this.d = centroids.d();
    this.point = new double[d][1];
    List<Feature> features = standardizer.schema().features();
    List<Integer> numbers = new ArrayList<>();
    List<String> names = new ArrayList<>();
    long combinations = 1;
    for (int f = 0; f < d; f++) {
      Feature feature = features.get(f);
      if (rules.get(f).isActionable()
          && feature instanceof ColumnFeature
          && !standardizer.isConstant(f)) {
        numbers.add(f);
      } else if (rules.get(f).isActionable()
          && feature instanceof LevelFeature
          && !names.contains(feature.column())) {
        names.add(feature.column());
        int[] indicators = indicators(features, feature.column());
        categories.add(indicators);
        combinations = Math.min(combinations * indicators.length, MAX_COMBINATIONS + 1L);
      }
    }
    this.columns = numbers.stream().mapToInt(Integer::intValue).toArray();
    this.triesAllCombinations = combinations <= MAX_COMBINATIONS;
  }

  private static int[] indicators(List<Feature> features, String column) {
    List<Integer> indicators = new ArrayList<>();
    for (int f = 0; f < features.size(); f++) {
      if (features.get(f).isLevelOf(column)) {
        indicators.add(f);
      }
    }
    return indicators.stream().mapToInt(Integer::intValue).toArray();
  }

  /**
   * Finds the least change.
   *
   * @param user d raw values; NaN if a value is missing
   * @param coordinates d standardized values of the user
   * @param cluster the index of the cluster to which the user should move
   * @return d raw values after the change; null if no allowed change moves the user to the cluster
   */
  double[] find(double[] user, double[] coordinates, int cluster) {
    if (columns.length == 0 && categories.isEmpty()) {
      return null;
    }
    raw = user;
    zScores = coordinates;
    target = cluster;
    best = null;
    leastCost = Double.POSITIVE_INFINITY;
    projections = 0;
    findNormals();
    cell = new NearestPoint(normals, columns.length);
    findRanges();
    levelRaw = raw.clone();
    levelScores = zScores.clone();
    tryLevels(0, false);
    return best;
  }

  /**
   * Computes the normals of the half-spaces of the cell: vectors of length 1 over the columns that
   * may change.
   */
  private void findNormals() {
    int k = centroids.k();
    normals = new double[k - 1][columns.length];
    for (int row = 0; row < k - 1; row++) {
      int other = otherCluster(row);
      double length = 0;
      for (int i = 0; i < columns.length; i++) {
        double difference = centroids.at(target, columns[i]) - centroids.at(other, columns[i]);
        normals[row][i] = difference;
        length += difference * difference;
      }
      length = Math.sqrt(length);
      for (int i = 0; i < columns.length && length > 0; i++) {
        normals[row][i] /= length;
      }
    }
  }

  private int otherCluster(int row) {
    return row < target ? row : row + 1;
  }

  private void findRanges() {
    lowest = new double[columns.length];
    highest = new double[columns.length];
    for (int i = 0; i < columns.length; i++) {
      lowest[i] = Math.min(0, change(i, lowestRaw(i)));
      highest[i] = Math.max(0, change(i, highestRaw(i)));
    }
  }

  private double lowestRaw(int i) {
    ValueLimits limits = standardizer.limits(columns[i]);
    double bound = rules.get(columns[i]).lowest();
    return limits == null ? bound : Math.max(bound, limits.lower());
  }

  private double highestRaw(int i) {
    ValueLimits limits = standardizer.limits(columns[i]);
    double bound = rules.get(columns[i]).highest();
    return limits == null ? bound : Math.min(bound, limits.upper());
  }

  /** Returns the standardized raw value minus the standardized value of the user. */
  private double change(int i, double value) {
    return standardizer.zScore(columns[i], value) - zScores[columns[i]];
  }

  /** Tries the levels of one category after another, the current level first. */
  private void tryLevels(int category, boolean isChanged) {
    if (category == categories.size()) {
      tryNumbers();
      return;
    }
    tryLevels(category + 1, isChanged);
    if (isChanged && !triesAllCombinations) {
      return;
    }
    int[] indicators = categories.get(category);
    for (int chosen : indicators) {
      CategoryLevel level = ((LevelFeature) standardizer.schema().features().get(chosen)).level();
      if (raw[chosen] != 1 && level.levels().contains(level.level())) {
        for (int f : indicators) {
          levelRaw[f] = f == chosen ? 1 : 0;
          levelScores[f] = standardizer.zScore(f, levelRaw[f]);
        }
        tryLevels(category + 1, true);
      }
    }
    for (int f : indicators) {
      levelRaw[f] = raw[f];
      levelScores[f] = zScores[f];
    }
  }

  private void tryNumbers() {
    hasMissedTarget = false;
    if (findOffsets(false)) {
      branch(lowest, highest);
    }
    // A result of the first search may be on the border of the cell, and rounding may move the
    // result out of the cell.
    if (hasMissedTarget && findOffsets(true)) {
      branch(lowest, highest);
    }
  }

  /**
   * Computes how far the cell is from the user in the directions of the normals.
   *
   * @param isStrict whether all borders are excluded. Borders to clusters that win ties are always
   *     excluded
   * @return false if the cell cannot be reached
   */
  private boolean findOffsets(boolean isStrict) {
    offsets = new double[normals.length];
    for (int row = 0; row < normals.length; row++) {
      int other = otherCluster(row);
      double nearer = 0;
      double length = 0;
      for (int f = 0; f < d; f++) {
        double toTarget = levelScores[f] - centroids.at(target, f);
        double toOther = levelScores[f] - centroids.at(other, f);
        nearer += (toTarget - toOther) * (toTarget + toOther);
      }
      for (int f : columns) {
        double difference = centroids.at(target, f) - centroids.at(other, f);
        length += difference * difference;
      }
      if (length > 0) {
        offsets[row] = nearer / (2 * Math.sqrt(length));
        // Four errors, so that a value on the border is not mistaken for a whole number beyond it.
        offsets[row] += isStrict ? 4 * gridError(row) : other < target ? gridError(row) : 0;
      } else if (nearer > 0 || (nearer == 0 && other < target)) {
        return false;
      }
    }
    return true;
  }

  /** Returns how far rounding to the grid can move a point along a normal. */
  private double gridError(int row) {
    double error = 0;
    for (double coordinate : normals[row]) {
      error += Math.abs(coordinate) * GRID_ERROR;
    }
    return error;
  }

  /** Searches the least change of numbers within bounds of the standardized values. */
  private void branch(double[] from, double[] to) {
    double[] change = project(offsets, from, to);
    if (change == null || cost(change) + levelCost() >= leastCost * (1 - TOLERANCE)) {
      return;
    }
    int split = largestFraction(change);
    if (split < 0) {
      round(change);
      return;
    }
    double value = value(split, change[split]);
    double present = value(split, 0);
    double below = Math.floor(value);
    double above = below + 1;
    if (present > below && present < above) {
      branch(with(from, split, 0), with(to, split, 0));
    }
    boolean isBelowFirst = value - below < 0.5;
    for (boolean isBelow : new boolean[] {isBelowFirst, !isBelowFirst}) {
      if (isBelow && below >= lowestRaw(split)) {
        branch(from, with(to, split, Math.min(to[split], change(split, below))));
      } else if (!isBelow && above <= highestRaw(split)) {
        branch(with(from, split, Math.max(from[split], change(split, above))), to);
      }
    }
  }

  /**
   * Returns the column whose value is farthest from a required whole number; -1 if all required
   * values are whole.
   */
  private int largestFraction(double[] change) {
    int column = -1;
    double largest = 0;
    for (int i = 0; i < columns.length; i++) {
      double fraction = fraction(i, change[i]);
      if (fraction > largest) {
        largest = fraction;
        column = i;
      }
    }
    return column;
  }

  private double[] project(double[] required, double[] from, double[] to) {
    for (int i = 0; i < from.length; i++) {
      if (from[i] > to[i]) {
        return null;
      }
    }
    return projections++ < MAX_PROJECTIONS ? cell.find(required, from, to) : null;
  }

  private static double[] with(double[] values, int index, double value) {
    double[] changed = values.clone();
    changed[index] = value;
    return changed;
  }

  private static double cost(double[] change) {
    double cost = 0;
    for (double step : change) {
      cost += step * step;
    }
    return cost;
  }

  private double levelCost() {
    double cost = 0;
    for (int[] indicators : categories) {
      for (int f : indicators) {
        cost += (levelScores[f] - zScores[f]) * (levelScores[f] - zScores[f]);
      }
    }
    return cost;
  }

  /**
   * Returns how far a value is from a whole number, 0..0.5; 0 if the value need not be whole or
   * does not change.
   */
  private double fraction(int i, double change) {
    if (!rules.get(columns[i]).isWhole() || Math.abs(change) <= ZERO) {
      return 0;
    }
    double value = value(i, change);
    double fraction = Math.abs(value - Math.rint(value));
    double error = 1e-13 * (1 + Math.abs(value)) + GRID_ERROR * slope(i, change);
    return fraction <= error ? 0 : fraction;
  }

  /** Returns the raw value after a change of the standardized value. */
  private double value(int i, double change) {
    int f = columns[i];
    double transformed = standardizer.mean(f) + standardizer.unit(f) * (zScores[f] + change);
    double value = transform(i).invert(transformed);
    return Math.max(lowestRaw(i), Math.min(highestRaw(i), value));
  }

  private Transform transform(int i) {
    return standardizer.schema().features().get(columns[i]).transform();
  }

  /** Rounds a change to few digits, and keeps it if it is the least change so far. */
  private void round(double[] change) {
    double[] from = lowest.clone();
    double[] to = highest.clone();
    double largest = 0;
    for (int i = 0; i < columns.length; i++) {
      if (rules.get(columns[i]).isWhole()) {
        boolean isUnchanged = Math.abs(change[i]) <= ZERO;
        from[i] = isUnchanged ? 0 : change(i, Math.rint(value(i, change[i])));
        to[i] = from[i];
      } else {
        largest = Math.max(largest, Math.abs(change[i]));
      }
    }
    double[] rounded = shortest(change, from, to, largest);
    if (rounded == null) {
      hasMissedTarget = true;
    } else if (costOf(rounded) < leastCost) {
      leastCost = costOf(rounded);
      best = rounded;
    }
  }

  /**
   * Returns the change with the fewest digits that reaches the target cluster; null if no rounded
   * change reaches it.
   */
  private double[] shortest(double[] change, double[] from, double[] to, double largest) {
    double[] result = null;
    for (int digits = MIN_DIGITS; digits <= MAX_DIGITS; digits++) {
      double[] steps = steps(change, largest * StrictMath.pow(10, -digits));
      double[] errors = errors(change, steps);
      double[] rounded = rounded(from, to, steps, errors);
      if (rounded != null && isInTarget(rounded)) {
        result = rounded;
        if (isShort(rounded, change, largest)) {
          break;
        }
      }
      if (largest == 0) {
        break;
      }
    }
    return result;
  }

  /** Returns for each number the power of ten, as an exponent, to which its value is rounded. */
  private double[] steps(double[] change, double width) {
    double[] steps = new double[columns.length];
    for (int i = 0; i < steps.length; i++) {
      steps[i] = Math.floor(StrictMath.log10(width * slope(i, change[i])));
    }
    return steps;
  }

  /** Returns how much the raw value grows per unit of the standardized value. */
  private double slope(int i, double change) {
    double unit = standardizer.unit(columns[i]);
    return transform(i) == Transform.LOG1P ? unit * (1 + value(i, change)) : unit;
  }

  /**
   * Returns for each number how far rounding can move the standardized value; 0 for a whole number.
   */
  private double[] errors(double[] change, double[] steps) {
    double[] errors = new double[columns.length];
    for (int i = 0; i < errors.length; i++) {
      errors[i] =
          rules.get(columns[i]).isWhole() || Double.isInfinite(steps[i])
              ? 0
              : StrictMath.pow(10, steps[i]) / 2 / slope(i, change[i]);
    }
    return errors;
  }

  /**
   * Shrinks the cell by the rounding errors, projects the user on the cell, and rounds the result.
   *
   * @return d raw values; null if there is no projection
   */
  private double[] rounded(double[] from, double[] to, double[] steps, double[] errors) {
    double[] required = offsets.clone();
    for (int row = 0; row < required.length; row++) {
      for (int i = 0; i < errors.length; i++) {
        double error = errors[i] == 0 ? 0 : errors[i] + GRID_ERROR;
        required[row] += Math.abs(normals[row][i]) * error;
      }
    }
    double[] change = project(required, from, to);
    if (change == null) {
      return null;
    }
    double[] values = levelRaw.clone();
    for (int i = 0; i < columns.length; i++) {
      if (Math.abs(change[i]) <= Math.max(ZERO, errors[i])) {
        continue;
      }
      double value = value(i, change[i]);
      if (rules.get(columns[i]).isWhole()) {
        value = Math.rint(value);
      } else if (change[i] > from[i] && change[i] < to[i]) {
        value =
            new BigDecimal(value).setScale((int) -steps[i], RoundingMode.HALF_EVEN).doubleValue();
        value = Math.max(lowestRaw(i), Math.min(highestRaw(i), value));
      }
      values[columns[i]] = value + 0.0;
    }
    return values;
  }

  private boolean isInTarget(double[] values) {
    for (int f = 0; f < d; f++) {
      point[f][0] = standardizer.zScore(f, values[f]);
    }
    kernel.nearest(point, 0, 1, nearest, squared);
    return nearest[0] == target;
  }

  private double costOf(double[] values) {
    double cost = 0;
    for (int f = 0; f < d; f++) {
      double change = standardizer.zScore(f, values[f]) - zScores[f];
      cost += change * change;
    }
    return cost;
  }

  /**
   * Returns whether a rounded change is at most slightly longer than the exact change. If only
   * continuous numbers change, 0.999 of the rounded change must not reach the cell.
   */
  private boolean isShort(double[] values, double[] change, double largest) {
    double least = cost(change) + levelCost();
    if (largest < FINE) {
      return true;
    }
    if (costOf(values) > least * (1 + TOLERANCE)) {
      return false;
    }
    double[] shortened = values.clone();
    for (int f = 0; f < d; f++) {
      if (Double.compare(values[f], raw[f]) == 0) {
        continue;
      }
      if (rules.get(f).isWhole()
          || standardizer.schema().features().get(f) instanceof LevelFeature) {
        return true;
      }
      double present = Double.isNaN(raw[f]) ? standardizer.imputedValue(f) : raw[f];
      shortened[f] = present + (1 - TOLERANCE) * (values[f] - present);
    }
    return Arrays.equals(shortened, values) || !isInTarget(shortened);
  }
}
