package personas.data;

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
 */
public record ShardReference(String path, String source, long position, int number, int rows)
    implements Serializable, Comparable<ShardReference> {
  private static final Comparator<ShardReference> INPUT_ORDER =
      Comparator.comparing(ShardReference::source)
          .thenComparingLong(ShardReference::position)
          .thenComparingInt(ShardReference::number)
          .thenComparing(ShardReference::path);

  @Override
  public int compareTo(ShardReference other) {
    return INPUT_ORDER.compare(this, other);
  }
}
