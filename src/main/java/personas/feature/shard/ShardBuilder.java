package personas.feature.shard;

import java.io.IOException;
import java.util.Arrays;
import java.util.function.DoubleSupplier;
import personas.text.CsvBuffer;

/** Collects rows into shards and hands each on when it is full. */
public final class ShardBuilder {
  /** A shard's text stays far below what one array can hold. */
  private static final int MOST_TEXT_BYTES = 1 << 26;

  private static final int FIRST_ROWS = 1 << 10;

  /** So much more room is made than rows are expected: they are not all equally long. */
  private static final double MARGIN = 1.03;

  /** An array is copied to its rows where more than this part of it is empty. */
  private static final double MOST_EMPTY = 0.0625;

  private final int maxRows;
  private final ShardConsumer consumer;

  /** Features, and one more column for the weight where rows have one. */
  private final int numbers;

  private final boolean weighted;
  private DoubleSupplier shareRead = () -> 0;
  private double[][] columns;
  private int[] textEnds;
  private final CsvBuffer text = new CsvBuffer();
  private int capacity;
  private int rows;
  private long rowsBefore;

  /** How many users the rows of all full shards stand for. */
  private long users;

  /**
   * Prepares to collect rows.
   *
   * @param d features
   * @param weighted whether a row has a weight behind its features
   * @param maxRows of a shard
   */
  public ShardBuilder(int d, boolean weighted, int maxRows, ShardConsumer consumer) {
    this.numbers = weighted ? d + 1 : d;
    this.weighted = weighted;
    this.maxRows = maxRows;
    this.consumer = consumer;
    this.capacity = Math.min(FIRST_ROWS, maxRows);
  }

  /**
   * Lets arrays be made as large as the rest of the source will need, not step by step.
   *
   * @param share of the source that has been read, from 0, not known yet, to 1
   */
  public void follow(DoubleSupplier share) {
    shareRead = share;
  }

  /** The text that the row under way adds to: its id first, then {@link #endId}. */
  public CsvBuffer text() {
    return text;
  }

  /** The id of the row under way is in the text. */
  public void endId() {
    if (columns == null) {
      columns = new double[numbers][capacity];
      textEnds = new int[2 * capacity];
    }
    textEnds[2 * rows] = text.size();
  }

  /**
   * Ends the row under way.
   *
   * @param values of its features and, behind them, its weight
   */
  public void endRow(double[] values) throws IOException {
    for (int f = 0; f < numbers; f++) {
      columns[f][rows] = values[f];
    }
    textEnds[2 * rows + 1] = text.size();
    rows++;
    if (rows == maxRows || text.size() >= MOST_TEXT_BYTES) {
      flush();
    } else if (rows == capacity) {
      grow();
    }
  }

  private void grow() {
    long expected = expectedRows();
    capacity = (int) Math.min(maxRows, Math.max(expected, expected == 0 ? 2L * rows : rows + 64));
    for (int f = 0; f < numbers; f++) {
      columns[f] = Arrays.copyOf(columns[f], capacity);
    }
    textEnds = Arrays.copyOf(textEnds, 2 * capacity);
    text.reserve((int) Math.min(MOST_TEXT_BYTES, (long) text.size() * capacity / rows));
  }

  /** Rows of this shard if it took all that is left; 0 where that is not known. */
  private long expectedRows() {
    double share = Math.min(1, shareRead.getAsDouble());
    long all = rowsBefore + rows;
    return share <= 0 ? 0 : rows + (long) (all / share * MARGIN) - all;
  }

  private int[] weights() {
    int[] weights = new int[rows];
    users -= rows;
    for (int row = 0; row < rows; row++) {
      weights[row] = (int) columns[numbers - 1][row];
      users += weights[row];
    }
    return weights;
  }

  /** How many users the rows stand for that were handed on. */
  public long users() {
    return users;
  }

  /** Hands on what is there; an empty shard never. */
  public void flush() throws IOException {
    if (rows > 0) {
      boolean fits = rows >= capacity * (1 - MOST_EMPTY);
      double[][] trimmed = new double[weighted ? numbers - 1 : numbers][];
      for (int f = 0; f < trimmed.length; f++) {
        trimmed[f] = fits ? columns[f] : Arrays.copyOf(columns[f], rows);
      }
      int[] ends = fits ? textEnds : Arrays.copyOf(textEnds, 2 * rows);
      users += rows;
      int[] weights = weighted ? weights() : null;
      consumer.accept(new Shard(rows, trimmed, weights, text.toByteArray(), ends));
      rowsBefore += rows;
      rows = 0;
      capacity = (int) Math.min(maxRows, Math.max(FIRST_ROWS, expectedRows()));
      columns = null;
      textEnds = null;
      text.clear();
    }
  }
}
