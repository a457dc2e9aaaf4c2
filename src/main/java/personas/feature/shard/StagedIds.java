package personas.feature.shard;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import personas.math.Require;

/**
 * The file with the staged ids of one range. The first bits of the hashes divide the ids into
 * parts, so equal ids of different ranges are in parts with the same number.
 *
 * @param path the file of {@link IdBlocks}; empty if the range has no users
 * @param ends for each shard of the range, the ends of all parts in bytes from the start of the
 *     shard's block
 */
public record StagedIds(String path, List<int[]> ends) implements Serializable {

  @Override
  public boolean equals(Object other) {
    return other instanceof StagedIds that
        && path.equals(that.path)
        && Arrays.deepEquals(ends.toArray(), that.ends.toArray());
  }

  @Override
  public int hashCode() {
    return path.hashCode();
  }

  /**
   * A piece of the file.
   *
   * @param offset the position of the first byte in the file, from 0
   * @param length the number of bytes
   */
  public record Chunk(long offset, int length) implements Serializable {
    public Chunk {
      Require.atLeast(0, "offset", offset);
      Require.atLeast(0, "length", length);
    }
  }

  /** Returns the non-empty pieces of one part, in the order of the input. */
  public List<Chunk> part(int part) {
    List<Chunk> chunks = new ArrayList<>();
    long base = 0;
    for (int[] shardEnds : ends) {
      int start = part == 0 ? 0 : shardEnds[part - 1];
      if (shardEnds[part] > start) {
        chunks.add(new Chunk(base + start, shardEnds[part] - start));
      }
      base += shardEnds[shardEnds.length - 1];
    }
    return chunks;
  }
}
