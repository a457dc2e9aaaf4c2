package personas.feature.shard;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Where the ids of one range are staged, cut into parts by the first bits of their hashes: the
 * parts of equal number of all ranges hold all ids that could be equal.
 *
 * @param path the file of {@link IdBlocks}; empty if the range has no user
 * @param ends per shard of the range and per part, in this order: where the part ends in the file
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

  /** A piece of the file. */
  public record Chunk(long offset, int length) implements Serializable {}

  /** The pieces that make up one part, in the order of the input; empty pieces are left out. */
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
