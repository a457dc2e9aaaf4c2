package personas.table;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.Serializable;
import java.util.Comparator;
import java.util.Objects;
import personas.math.Require;

/**
 * Identifies a range of the input. The natural order is the order of the input: files by name, then
 * by position.
 *
 * @param source the input file, or the name of the query
 * @param start the first byte of the range; the first row for a typed format
 */
public record RangeKey(String source, long start) implements Serializable, Comparable<RangeKey> {
  private static final Comparator<RangeKey> INPUT_ORDER =
      Comparator.comparing(RangeKey::source).thenComparingLong(RangeKey::start);

  public RangeKey {
    Objects.requireNonNull(source, "source");
    Require.atLeast(0, "start", start);
  }

  @Override
  public int compareTo(RangeKey other) {
    return INPUT_ORDER.compare(this, other);
  }

  /** Writes the key. Equal keys give equal bytes. */
  public void write(DataOutput out) throws IOException {
    out.writeUTF(source);
    out.writeLong(start);
  }

  /** Reads a key that {@link #write} wrote. */
  public static RangeKey read(DataInput in) throws IOException {
    return new RangeKey(in.readUTF(), in.readLong());
  }
}
