package personas.feature.shard;

import java.nio.charset.StandardCharsets;
import personas.math.Columns;
import personas.math.Hashing;
import personas.text.CsvBuffer;
import personas.text.CsvFields;

/**
 * Users in columns: what leaves the parser. Raw values; NaN where one is missing that the mean will
 * stand in for. Not copied on the way: whoever holds a shard leaves its arrays as they are.
 */
public final class Shard {
  private final int rows;
  private final double[][] columns;
  private final int[] weights;
  private final byte[] text;
  private final int[] textEnds;

  /**
   * @param columns d columns of at least {@code rows} values
   * @param weights how many users each row stands for; null if each is one user
   * @param text per row the id's bytes, then the pass-through fields as CSV; null where they were
   *     not loaded
   * @param textEnds per row the end of its id, then the end of its pass-through fields
   */
  Shard(int rows, double[][] columns, int[] weights, byte[] text, int[] textEnds) {
    this.rows = rows;
    this.columns = columns;
    this.weights = weights;
    this.text = text;
    this.textEnds = textEnds;
  }

  public int rows() {
    return rows;
  }

  public int features() {
    return columns.length;
  }

  /** A view of one raw column. */
  public double[] column(int feature) {
    return columns[feature];
  }

  /** A view of all d raw columns. */
  public double[][] columns() {
    return columns;
  }

  /** The d raw values of a user; NaN where one is missing. */
  public double[] values(int row) {
    return Columns.row(columns, row);
  }

  /** A view of how many users each row stands for; null if each row is one user. */
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

  /** A hash of the user's id. */
  public long idHash(int row, long seed) {
    return Hashing.hash64(seed, text, idStart(row), textEnds[2 * row]);
  }

  /** A hash of the user's values: the same however the users are split into files. */
  public long valueHash(int row, long seed) {
    long hash = seed;
    for (double[] column : columns) {
      hash = Hashing.mix(hash, Double.doubleToLongBits(column[row]));
    }
    return hash;
  }

  /** The user's id. */
  public String id(int row) {
    int from = idStart(row);
    return new String(text, from, textEnds[2 * row] - from, StandardCharsets.UTF_8);
  }

  /** Appends the user's id as a CSV field. */
  public void appendId(int row, CsvBuffer out) {
    out.appendField(text, idStart(row), textEnds[2 * row]);
  }

  /** Appends the bytes of the user's id as they are. */
  public void appendRawId(int row, CsvBuffer out) {
    out.append(text, idStart(row), textEnds[2 * row]);
  }

  /** The length of the user's id in UTF-8. */
  int idLength(int row) {
    return textEnds[2 * row] - idStart(row);
  }

  /** The length of the pass-through fields, each with a comma before it. */
  int passThroughLength(int row) {
    return textEnds[2 * row + 1] - textEnds[2 * row];
  }

  /** Copies the pass-through fields, each with a comma before it, and returns where they end. */
  int copyPassThrough(int row, byte[] target, int at) {
    int length = passThroughLength(row);
    System.arraycopy(text, textEnds[2 * row], target, at, length);
    return at + length;
  }

  /** Copies the user's id in UTF-8 and returns where it ends. */
  int copyId(int row, byte[] target, int at) {
    int length = idLength(row);
    System.arraycopy(text, idStart(row), target, at, length);
    return at + length;
  }

  /**
   * The users of an assignments file in CSV with the ids that they had before they were written:
   * without the apostrophes that guard formulas. Pass-through fields are left out.
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
   * The users of a table without ids, whose ids are numbers of lines, with the file before them.
   *
   * @param source the file
   * @param linesBefore is added to each number
   */
  public Shard withPlaces(String source, long linesBefore) {
    byte[] file = (source + ":").getBytes(StandardCharsets.UTF_8);
    CsvBuffer places = new CsvBuffer();
    int[] ends = new int[2 * rows];
    for (int row = 0; row < rows; row++) {
      places.append(file, 0, file.length);
      places.appendAscii(Long.toString(linesBefore + Long.parseLong(id(row))));
      ends[2 * row] = places.size();
      places.append(text, textEnds[2 * row], textEnds[2 * row + 1]);
      ends[2 * row + 1] = places.size();
    }
    return new Shard(rows, columns, weights, places.toByteArray(), ends);
  }

  /** Reads the pass-through fields. */
  public void readPassThrough(int row, CsvFields fields) {
    fields.read(text, textEnds[2 * row], textEnds[2 * row + 1]);
  }

  /**
   * Appends the first {@code fields} pass-through fields, each with a comma before it.
   *
   * @param read the reader that read this row last
   */
  public void appendPassThrough(int row, CsvFields read, int fields, CsvBuffer out) {
    out.append(text, textEnds[2 * row], read.end(textEnds[2 * row], fields));
  }

  /** Appends the pass-through fields, each with a comma before it. */
  public void appendPassThrough(int row, CsvBuffer out) {
    out.append(text, textEnds[2 * row], textEnds[2 * row + 1]);
  }
}
