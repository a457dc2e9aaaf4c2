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
  private final int d;
  private final boolean weighted;
  private DoubleSupplier shareRead = () -> 0;
  private double[][] columns;
  private int[] textEnds;

  /** Null if each row is one user. */
  private int[] weights;

  private final CsvBuffer text = new CsvBuffer();
  private int capacity;
  private int rows;
  private long rowsBefore;

  /**
   * Prepares to collect rows.
   *
   * @param d features
   * @param weighted whether a row has a weight behind its features
   * @param maxRows of a shard
   */
  public ShardBuilder(int d, boolean weighted, int maxRows, ShardConsumer consumer) {
    this.d = d;
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
      columns = new double[d][capacity];
      textEnds = new int[2 * capacity];
      weights = weighted ? new int[capacity] : null;
    }
    textEnds[2 * rows] = text.size();
  }

  /**
   * Ends the row under way.
   *
   * @param values of its features and, behind them, its weight
   */
  public void endRow(double[] values) throws IOException {
    for (int f = 0; f < d; f++) {
      columns[f][rows] = values[f];
    }
    if (weights != null) {
      weights[rows] = (int) values[d];
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
    for (int f = 0; f < d; f++) {
      columns[f] = Arrays.copyOf(columns[f], capacity);
    }
    textEnds = Arrays.copyOf(textEnds, 2 * capacity);
    weights = weights == null ? null : Arrays.copyOf(weights, capacity);
    text.reserve((int) Math.min(MOST_TEXT_BYTES, (long) text.size() * capacity / rows));
  }

  /** Rows of this shard if it took all that is left; 0 where that is not known. */
  private long expectedRows() {
    double share = Math.min(1, shareRead.getAsDouble());
    long all = rowsBefore + rows;
    return share <= 0 ? 0 : rows + (long) (all / share * MARGIN) - all;
  }

  /** Hands on what is there; an empty shard never. */
  public void flush() throws IOException {
    if (rows > 0) {
      boolean fits = rows >= capacity * (1 - MOST_EMPTY);
      double[][] trimmed = new double[d][];
      for (int f = 0; f < d; f++) {
        trimmed[f] = fits ? columns[f] : Arrays.copyOf(columns[f], rows);
      }
      int[] ends = fits ? textEnds : Arrays.copyOf(textEnds, 2 * rows);
      int[] counts = weights == null ? null : Arrays.copyOf(weights, rows);
      consumer.accept(new Shard(rows, trimmed, counts, text.toByteArray(), ends));
      rowsBefore += rows;
      rows = 0;
      capacity = (int) Math.min(maxRows, Math.max(FIRST_ROWS, expectedRows()));
      columns = null;
      textEnds = null;
      weights = null;
      text.clear();
    }
  }
}
