package personas.feature.shard;

import java.nio.charset.StandardCharsets;
import personas.math.Columns;
import personas.math.Hashing;
import personas.text.CsvBuffer;
import personas.text.CsvFields;

/**
 * Users in columns of raw values. A missing value is NaN and is imputed later. For speed, the
 * arrays are not copied, so a caller must not change them.
 */
public final class Shard {
  private final int rows;
  private final double[][] columns;
  private final int[] weights;
  private final byte[] text;
  private final int[] textEnds;

  /**
   * Creates a shard.
   *
   * @param columns d columns of at least {@code rows} values
   * @param weights the number of users that each row stands for; null if each row is one user
   * @param text for each row the bytes of the id, then the pass-through fields as CSV; null if text
   *     is not loaded
   * @param textEnds for each row the end of the id, then the end of the pass-through fields; null
   *     if text is not loaded
   */
  Shard(int rows, double[][] columns, int[] weights, byte[] text, int[] textEnds) {
    this.rows = rows;
    this.columns = columns;
    this.weights = weights;
    this.text = text;
    this.textEnds = textEnds;
  }

  /** Returns the number of rows. */
  public int rows() {
    return rows;
  }

  /** Returns the number of features. */
  public int features() {
    return columns.length;
  }

  /** Returns one raw column without copying it. */
  public double[] column(int feature) {
    return columns[feature];
  }

  /** Returns all d raw columns without copying them. */
  public double[][] columns() {
    return columns;
  }

  /** Returns the d raw values of a user. A missing value is NaN. */
  public double[] values(int row) {
    return Columns.row(columns, row);
  }

  /**
   * Returns the number of users that each row stands for, without copying the array; null if each
   * row is one user.
   */
  public int[] weights() {
    return weights;
  }

  byte[] text() {
    return text;
  }

  int[] textEnds() {
    return textEnds;
  }

  private int idStart(int row) {
    return row == 0 ? 0 : textEnds[2 * row - 1];
  }

  /** Returns a hash of the user's id. */
  public long idHash(int row, long seed) {
    return Hashing.hash64(seed, text, idStart(row), textEnds[2 * row]);
  }

  /** Returns a hash of the user's values. */
  public long valueHash(int row, long seed) {
    long hash = seed;
    for (double[] column : columns) {
      hash = Hashing.mix(hash, Double.doubleToLongBits(column[row]));
    }
    return hash;
  }

  /** Returns the user's id. */
  public String id(int row) {
    int from = idStart(row);
    return new String(text, from, textEnds[2 * row] - from, StandardCharsets.UTF_8);
  }

  /** Appends the user's id as a CSV field. */
  public void appendId(int row, CsvBuffer out) {
    out.appendField(text, idStart(row), textEnds[2 * row]);
  }

  /** Appends the bytes of the user's id without quoting. */
  public void appendRawId(int row, CsvBuffer out) {
    out.append(text, idStart(row), textEnds[2 * row]);
  }

  /** Returns the length of the user's id in UTF-8. */
  int idLength(int row) {
    return textEnds[2 * row] - idStart(row);
  }

  /** Returns the length of the pass-through fields, including a comma before each field. */
  int passThroughLength(int row) {
    return textEnds[2 * row + 1] - textEnds[2 * row];
  }

  /**
   * Copies the pass-through fields with a comma before each field. Returns the end in {@code
   * target}.
   */
  int copyPassThrough(int row, byte[] target, int position) {
    int length = passThroughLength(row);
    System.arraycopy(text, textEnds[2 * row], target, position, length);
    return position + length;
  }

  /** Copies the user's id in UTF-8. Returns the end in {@code target}. */
  int copyId(int row, byte[] target, int position) {
    int length = idLength(row);
    System.arraycopy(text, idStart(row), target, position, length);
    return position + length;
  }

  /**
   * Returns the users of an assignments file in CSV with their original ids, without the
   * apostrophes that guard against formulas. Pass-through fields are dropped.
   */
  public Shard withoutFormulaGuards() {
    CsvBuffer ids = new CsvBuffer();
    int[] ends = new int[2 * rows];
    for (int row = 0; row < rows; row++) {
      int end = textEnds[2 * row];
      ids.append(text, CsvBuffer.withoutGuard(text, idStart(row), end), end);
      ends[2 * row] = ids.size();
      ends[2 * row + 1] = ids.size();
    }
    return new Shard(rows, columns, weights, ids.toByteArray(), ends);
  }

  /**
   * Returns these users with ids of the form {@code file:line}. The table has no id column, and the
   * ids of this shard are line numbers within a range.
   *
   * @param source the name of the file
   * @param linesBefore the number to add to each line number
   */
  public Shard withLineIds(String source, long linesBefore) {
    byte[] file = (source + ":").getBytes(StandardCharsets.UTF_8);
    CsvBuffer lineIds = new CsvBuffer();
    int[] ends = new int[2 * rows];
    for (int row = 0; row < rows; row++) {
      lineIds.append(file, 0, file.length);
      lineIds.appendAscii(Long.toString(linesBefore + Long.parseLong(id(row))));
      ends[2 * row] = lineIds.size();
      lineIds.append(text, textEnds[2 * row], textEnds[2 * row + 1]);
      ends[2 * row + 1] = lineIds.size();
    }
    return new Shard(rows, columns, weights, lineIds.toByteArray(), ends);
  }

  /** Reads the pass-through fields into {@code fields}. */
  public void readPassThrough(int row, CsvFields fields) {
    fields.read(text, textEnds[2 * row], textEnds[2 * row + 1]);
  }

  /**
   * Appends the first pass-through fields, each with a comma before it.
   *
   * @param fields the fields that {@link #readPassThrough} read from this row
   * @param count the number of fields to append
   */
  public void appendPassThrough(int row, CsvFields fields, int count, CsvBuffer out) {
    out.append(text, textEnds[2 * row], fields.end(textEnds[2 * row], count));
  }

  /** Appends the pass-through fields, each with a comma before it. */
  public void appendPassThrough(int row, CsvBuffer out) {
    out.append(text, textEnds[2 * row], textEnds[2 * row + 1]);
  }
}
