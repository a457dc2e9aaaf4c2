package personas.feature.shard;

import java.io.IOException;
import java.util.Arrays;
import java.util.function.DoubleSupplier;
import personas.text.CsvBuffer;

/** Collects rows into shards, and passes each full shard to a consumer. */
public final class ShardBuilder {
  /** The size of text at which a shard is full, far below the maximum size of an array. */
  private static final int MAX_TEXT_BYTES = 1 << 26;

  private static final int INITIAL_ROWS = 1 << 10;

  /**
   * The factor by which the expected number of rows is increased, because rows have different
   * lengths.
   */
  private static final double MARGIN = 1.03;

  /** An array is trimmed if more than this share is empty. */
  private static final double MAX_EMPTY_SHARE = 0.0625;

  private final int maxRows;
  private final ShardConsumer consumer;

  /** The number of features, plus one for the weight if rows have weights. */
  private final int columnCount;

  private final boolean hasWeights;
  private DoubleSupplier shareRead = () -> 0;
  private double[][] columns;
  private int[] textEnds;
  private final CsvBuffer text = new CsvBuffer();
  private int capacity;
  private int rows;

  /** The number of rows in all full shards. */
  private long rowsBefore;

  /** The number of users in all full shards. */
  private long users;

  /**
   * Creates a builder.
   *
   * @param d the number of features
   * @param hasWeights whether a row has a weight after the features
   * @param maxRows the maximum number of rows of a shard
   */
  public ShardBuilder(int d, boolean hasWeights, int maxRows, ShardConsumer consumer) {
    this.columnCount = hasWeights ? d + 1 : d;
    this.hasWeights = hasWeights;
    this.maxRows = maxRows;
    this.consumer = consumer;
    this.capacity = Math.min(INITIAL_ROWS, maxRows);
  }

  /**
   * Sets the reading progress, from which the builder estimates the number of remaining rows and
   * allocates arrays of this size at once.
   *
   * @param share returns the share of the input that has been read, 0..1; 0 if it is not known yet
   */
  public void followProgress(DoubleSupplier share) {
    shareRead = share;
  }

  /**
   * Returns the text of the current row. Append the id, call {@link #endId}, then append the other
   * fields.
   */
  public CsvBuffer text() {
    return text;
  }

  /** Ends the id of the current row. */
  public void endId() {
    if (columns == null) {
      columns = new double[columnCount][capacity];
      textEnds = new int[2 * capacity];
    }
    textEnds[2 * rows] = text.size();
  }

  /**
   * Ends the current row.
   *
   * @param values the values of the features, followed by the weight
   */
  public void endRow(double[] values) throws IOException {
    for (int f = 0; f < columnCount; f++) {
      columns[f][rows] = values[f];
    }
    textEnds[2 * rows + 1] = text.size();
    rows++;
    if (rows == maxRows || text.size() >= MAX_TEXT_BYTES) {
      flush();
    } else if (rows == capacity) {
      grow();
    }
  }

  private void grow() {
    long expected = expectedRows();
    capacity = (int) Math.min(maxRows, Math.max(expected, expected == 0 ? 2L * rows : rows + 64));
    for (int f = 0; f < columnCount; f++) {
      columns[f] = Arrays.copyOf(columns[f], capacity);
    }
    textEnds = Arrays.copyOf(textEnds, 2 * capacity);
    text.reserve((int) Math.min(MAX_TEXT_BYTES, (long) text.size() * capacity / rows));
  }

  /**
   * Returns the number of rows that this shard would have if it took all remaining rows; 0 if the
   * progress is not known.
   */
  private long expectedRows() {
    double share = Math.min(1, shareRead.getAsDouble());
    long total = rowsBefore + rows;
    return share <= 0 ? 0 : rows + (long) (total / share * MARGIN) - total;
  }

  /**
   * Returns the weights of the rows, and replaces the rows by the weights in the count of users.
   */
  private int[] weights() {
    int[] weights = new int[rows];
    users -= rows;
    for (int row = 0; row < rows; row++) {
      weights[row] = (int) columns[columnCount - 1][row];
      users += weights[row];
    }
    return weights;
  }

  /** Returns the number of users in all full shards. */
  public long users() {
    return users;
  }

  /** Passes the current shard to the consumer, unless the shard is empty. */
  public void flush() throws IOException {
    if (rows > 0) {
      boolean isNearlyFull = rows >= capacity * (1 - MAX_EMPTY_SHARE);
      double[][] trimmed = new double[hasWeights ? columnCount - 1 : columnCount][];
      for (int f = 0; f < trimmed.length; f++) {
        trimmed[f] = isNearlyFull ? columns[f] : Arrays.copyOf(columns[f], rows);
      }
      int[] ends = isNearlyFull ? textEnds : Arrays.copyOf(textEnds, 2 * rows);
      users += rows;
      int[] weights = hasWeights ? weights() : null;
      consumer.accept(new Shard(rows, trimmed, weights, text.toByteArray(), ends));
      rowsBefore += rows;
      rows = 0;
      capacity = (int) Math.min(maxRows, Math.max(INITIAL_ROWS, expectedRows()));
      columns = null;
      textEnds = null;
      text.clear();
    }
  }
}
