package personas.feature.shard;

import java.io.Serializable;
import java.util.Comparator;

/**
 * Where a staged shard lies and which records it holds. The natural order is that of the input:
 * file by name, then position.
 *
 * @param path the shard file
 * @param source the input file
 * @param position the first byte of the range that it was read from
 * @param number counts the shards of one range from 0
 * @param rows users in it
 * @param previousClusters the file that says which cluster each user had in the previous run; empty
 *     if there is none
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

  /** The reference to a shard before anybody has looked for its users in a previous run. */
  public ShardReference(String path, String source, long position, int number, int rows) {
    this(path, source, position, number, rows, "");
  }

  /** The same with the file of the previous clusters. */
  public ShardReference withPreviousClusters(String file) {
    return new ShardReference(path, source, position, number, rows, file);
  }

  @Override
  public int compareTo(ShardReference other) {
    return INPUT_ORDER.compare(this, other);
  }
}
