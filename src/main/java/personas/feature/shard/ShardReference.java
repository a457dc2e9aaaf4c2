package personas.feature.shard;

import java.io.Serializable;
import java.util.Comparator;

/**
 * The file of a staged shard and the records that it holds. The natural order is the order of the
 * input: by the name of the input file, then by position, then by number.
 *
 * @param path the shard file
 * @param source the input file
 * @param position the first byte of the range that holds the records
 * @param number the number of the shard in the range, from 0
 * @param rows the number of rows
 * @param previousClusters the file with each user's cluster in the previous run; empty without a
 *     previous run
 */
public record ShardReference(
    String path, String source, long position, int number, int rows, String previousClusters)
    implements Serializable, Comparable<ShardReference> {
  private static final Comparator<ShardReference> INPUT_ORDER =
      Comparator.comparing(ShardReference::source)
          .thenComparingLong(ShardReference::position)
          .thenComparingInt(ShardReference::number)
          .thenComparing(ShardReference::path);

  public ShardReference {
    if (position < 0 || number < 0 || rows < 0) {
      throw new IllegalArgumentException(
          path + ": position " + position + ", number " + number + " or rows " + rows + " below 0");
    }
  }

  /** Creates a reference without a file of previous clusters. */
  public ShardReference(String path, String source, long position, int number, int rows) {
    this(path, source, position, number, rows, "");
  }

  /** Returns the same reference with a file of previous clusters. */
  public ShardReference withPreviousClusters(String file) {
    return new ShardReference(path, source, position, number, rows, file);
  }

  @Override
  public int compareTo(ShardReference other) {
    return INPUT_ORDER.compare(this, other);
  }
}
