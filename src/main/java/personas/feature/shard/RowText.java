package personas.feature.shard;

import personas.text.CsvBuffer;

/**
 * Reads the id and the pass-through fields of one user at a time, without the quotes and the guards
 * against formulas that a {@link CsvBuffer} adds. An instance is not thread-safe.
 */
public final class RowText {
  private final byte[][] sources;
  private final int[] starts;
  private final int[] ends;
  private byte[] id = {};
  private int idStart;
  private int idEnd;
  private byte[] unquoted = new byte[64];

  /** The number of bytes of {@link #unquoted} that hold fields of the present user. */
  private int unquotedLength;

  /** Creates a reader of users with this many pass-through fields. */
  public RowText(int fields) {
    sources = new byte[fields][];
    starts = new int[fields];
    ends = new int[fields];
  }

  /** Moves to a user. */
  public void moveTo(Shard shard, int row) {
    int[] textEnds = shard.textEnds();
    id = shard.text();
    idStart = row == 0 ? 0 : textEnds[2 * row - 1];
    idEnd = textEnds[2 * row];
    int end = textEnds[2 * row + 1];
    if (starts.length > 0) {
      split(id, idEnd, end);
    }
  }

  private void split(byte[] text, int from, int end) {
    unquotedLength = 0;
    if (unquoted.length < end - from) {
      // No field refers to the old array yet.
      unquoted = new byte[2 * (end - from)];
    }
    int position = from;
    for (int field = 0; field < starts.length; field++) {
      position++; // the comma before the field
      if (position < end && text[position] == '"') {
        position = unquote(text, position + 1, end, field);
      } else {
        sources[field] = text;
        starts[field] = position;
        while (position < end && text[position] != ',') {
          position++;
        }
        ends[field] = position;
      }
    }
  }

  /** Copies a quoted field. Returns the position after the closing quote. */
  private int unquote(byte[] text, int from, int end, int field) {
    int start = unquotedLength;
    int position = from;
    while (text[position] != '"' || (position + 1 < end && text[position + 1] == '"')) {
      unquoted[unquotedLength++] = text[position];
      position += text[position] == '"' ? 2 : 1;
    }
    sources[field] = unquoted;
    starts[field] = CsvBuffer.withoutGuard(unquoted, start, unquotedLength);
    ends[field] = unquotedLength;
    return position + 1;
  }

  /** Returns the array that holds the id, without copying it. */
  public byte[] idBytes() {
    return id;
  }

  /** Returns the position of the id in {@link #idBytes}. */
  public int idStart() {
    return idStart;
  }

  /** Returns the end of the id in {@link #idBytes}. */
  public int idEnd() {
    return idEnd;
  }

  /** Returns the array that holds a field, without copying it. */
  public byte[] bytes(int field) {
    return sources[field];
  }

  /** Returns the position of a field in {@link #bytes}. */
  public int start(int field) {
    return starts[field];
  }

  /** Returns the end of a field in {@link #bytes}. */
  public int end(int field) {
    return ends[field];
  }
}
