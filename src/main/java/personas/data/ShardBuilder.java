package personas.data;

import java.io.IOException;
import java.util.Arrays;

/** Collects rows into shards and hands each on when it is full. */
final class ShardBuilder {
  /** A shard's text stays far below what one array can hold. */
  private static final int MOST_TEXT_BYTES = 1 << 26;

  private static final int FIRST_ROWS = 1 << 10;

  private final int maxRows;
  private final RangeReader.ShardConsumer consumer;
  private final int d;
  private double[][] columns;
  private int[] textEnds;
  private final CsvBuffer text = new CsvBuffer();
  private int capacity;
  private int rows;

  ShardBuilder(int d, int maxRows, RangeReader.ShardConsumer consumer) {
    this.d = d;
    this.maxRows = maxRows;
    this.consumer = consumer;
    this.capacity = Math.min(FIRST_ROWS, maxRows);
  }

  /** The text that the row under way adds to: its id first, then {@link #endId}. */
  CsvBuffer text() {
    return text;
  }

  /** The id of the row under way is in the text. */
  void endId() {
    if (columns == null) {
      columns = new double[d][capacity];
      textEnds = new int[2 * capacity];
    }
    textEnds[2 * rows] = text.size();
  }

  /** Ends the row under way. */
  void endRow(double[] values) throws IOException {
    for (int f = 0; f < d; f++) {
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
    capacity = (int) Math.min(maxRows, 2L * rows);
    for (int f = 0; f < d; f++) {
      columns[f] = Arrays.copyOf(columns[f], capacity);
    }
    textEnds = Arrays.copyOf(textEnds, 2 * capacity);
  }

  /** Hands on what is there; an empty shard never. */
  void flush() throws IOException {
    if (rows > 0) {
      double[][] trimmed = new double[d][];
      for (int f = 0; f < d; f++) {
        trimmed[f] = columns[f].length == rows ? columns[f] : Arrays.copyOf(columns[f], rows);
      }
      consumer.accept(
          new Shard(
              rows,
              trimmed,
              text.toByteArray(),
              textEnds.length == 2 * rows ? textEnds : Arrays.copyOf(textEnds, 2 * rows)));
      // The next shard, where there is one, starts as large as this one grew.
      columns = null;
      textEnds = null;
      text.clear();
      rows = 0;
    }
  }
}
