package personas.run.state;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.Serializable;
import java.util.Comparator;
import java.util.Objects;
import personas.math.Require;
import personas.table.RangeKey;

/**
 * Refers to the file of a staged shard. The natural order is the order of the input: by range, then
 * by the number of the shard in the range.
 *
 * @param path the shard file
 * @param range the range of the input that holds the records
 * @param number the number of the shard in the range, from 0
 * @param rows the number of rows
 * @param previousClusters the file with each user's cluster in the previous run; empty without a
 *     previous run
 */
public record ShardReference(
    String path, RangeKey range, int number, int rows, String previousClusters)
    implements Serializable, Comparable<ShardReference> {
  private static final Comparator<ShardReference> INPUT_ORDER =
      Comparator.comparing(ShardReference::range)
          .thenComparingInt(ShardReference::number)
          .thenComparing(ShardReference::path);

  public ShardReference {
    Objects.requireNonNull(range, "range");
    Require.atLeast(0, "number", number);
    Require.atLeast(0, "rows", rows);
  }

  /** Creates a reference without a file of previous clusters. */
  public ShardReference(String path, RangeKey range, int number, int rows) {
    this(path, range, number, rows, "");
  }

  /** Returns this reference with a file of previous clusters. */
  public ShardReference withPreviousClusters(String file) {
    return new ShardReference(path, range, number, rows, file);
  }

  @Override
  public int compareTo(ShardReference other) {
    return INPUT_ORDER.compare(this, other);
  }

  /** Writes the reference. Equal references give equal bytes. */
  void write(DataOutput out) throws IOException {
    out.writeUTF(path);
    range.write(out);
    out.writeInt(number);
    out.writeInt(rows);
    out.writeUTF(previousClusters);
  }

  /** Reads a reference that {@link #write} wrote. */
  static ShardReference read(DataInput in) throws IOException {
    return new ShardReference(
        in.readUTF(), RangeKey.read(in), in.readInt(), in.readInt(), in.readUTF());
  }
}
