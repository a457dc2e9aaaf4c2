package personas.text;

/**
 * Reads the fields of a row that {@link CsvBuffer} wrote with a comma before each field. The reader
 * removes the quotes of fields, and the apostrophes that guard against formulas.
 */
public final class CsvFields {
  private byte[] unquoted = new byte[256];
  private final int[] from;
  private final int[] to;

  /** For each field, the index after the field in the row. */
  private final int[] ends;

  /** Creates a reader of rows with the given number of fields. */
  public CsvFields(int fields) {
    from = new int[fields];
    to = new int[fields];
    ends = new int[fields];
  }

  /**
   * Reads a row.
   *
   * @param row the bytes of the row, which do not change
   * @param start the index of the comma before the first field
   * @param end the index after the last field
   */
  public void read(byte[] row, int start, int end) {
    unquoted = unquoted.length < end - start ? new byte[2 * (end - start)] : unquoted;
    int at = start;
    int size = 0;
    for (int field = 0; field < from.length; field++) {
      from[field] = size;
      boolean isInQuotes = false;
      boolean hasQuotes = false;
      for (at++; at < end && (isInQuotes || row[at] != ','); at++) {
        if (row[at] != '"') {
          unquoted[size++] = row[at];
        } else {
          // The second quote of a doubled quote is a character of the field.
          if (!isInQuotes && hasQuotes) {
            unquoted[size++] = '"';
          }
          isInQuotes = !isInQuotes;
          hasQuotes = true;
        }
      }
      to[field] = size;
      ends[field] = at;
      from[field] = CsvBuffer.withoutGuard(unquoted, from[field], size);
    }
  }

  /** Returns the bytes of all fields, which the next row overwrites. */
  public byte[] bytes() {
    return unquoted;
  }

  /** Returns where a field starts in {@link #bytes}. */
  public int from(int field) {
    return from[field];
  }

  /** Returns where a field ends in {@link #bytes}. */
  public int to(int field) {
    return to[field];
  }

  /**
   * Returns the index in the row after the first {@code fields} fields.
   *
   * @param start the index of the row's first byte
   */
  public int end(int start, int fields) {
    return fields == 0 ? start : ends[fields - 1];
  }
}
