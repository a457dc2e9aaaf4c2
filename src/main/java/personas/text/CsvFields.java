package personas.text;

import java.util.Arrays;

/**
 * The fields of one row that {@link CsvBuffer} wrote, each with a comma before it, as they were
 * before they were written: without quotes and guards of formulas.
 */
public final class CsvFields {
  private byte[] unquoted = new byte[256];
  private final int[] from;
  private final int[] to;

  /** Per field the place behind it in the row. */
  private final int[] ends;

  /** Rows of a number of fields. */
  public CsvFields(int fields) {
    from = new int[fields];
    to = new int[fields];
    ends = new int[fields];
  }

  /**
   * Takes the fields of a row.
   *
   * @param row bytes from {@code start} to {@code end}; they are not changed
   */
  public void read(byte[] row, int start, int end) {
    unquoted = unquoted.length < end - start ? new byte[2 * (end - start)] : unquoted;
    int at = start;
    int size = 0;
    for (int field = 0; field < from.length; field++) {
      from[field] = size;
      boolean inQuotes = false;
      boolean quoted = false;
      for (at++; at < end && (inQuotes || row[at] != ','); at++) {
        if (row[at] != '"') {
          unquoted[size++] = row[at];
        } else {
          // The second of a doubled quote opens again and is itself a character of the field.
          if (!inQuotes && quoted) {
            unquoted[size++] = '"';
          }
          inQuotes = !inQuotes;
          quoted = true;
        }
      }
      to[field] = size;
      ends[field] = at;
      from[field] = CsvBuffer.withoutGuard(unquoted, from[field], size);
    }
  }

  /** The bytes of all fields, which the next row overwrites. */
  public byte[] bytes() {
    return unquoted;
  }

  /** Where a field starts in {@link #bytes}. */
  public int from(int field) {
    return from[field];
  }

  /** Where a field ends in {@link #bytes}. */
  public int to(int field) {
    return to[field];
  }

  /** The place in the row behind its first {@code fields} fields. */
  public int end(int start, int fields) {
    return fields == 0 ? start : ends[fields - 1];
  }

  /** A copy of a field. */
  byte[] field(int field) {
    return Arrays.copyOfRange(unquoted, from[field], to[field]);
  }
}
