package personas.run.join;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import personas.feature.shard.StagedIds;
import personas.feature.shard.StagedIds.Chunk;
import personas.run.state.StagedRange;
import personas.table.RangeKey;

/**
 * Says where ids are staged: the ids of one range whose hashes begin with the same bits. The
 * natural order of blocks is the order of the input.
 *
 * @param table the table of the range
 * @param range the range
 * @param path the path of the file with the ids
 * @param chunks the pieces of the file with the ids, in the order of the input
 * @param labels in a comparison, the labels of the range, because an id is stored with the index of
 *     its label; otherwise empty
 */
public record IdBlock(
    Table table, RangeKey range, String path, List<Chunk> chunks, List<String> labels)
    implements Comparable<IdBlock> {

  /** The table of the ids. */
  public enum Table {
    /** The users of the current run; in a comparison, the users of the later run. */
    USERS,
    /** The users of the previous run; in a comparison, the users of the earlier run. */
    PREVIOUS_USERS
  }

  private static final Comparator<IdBlock> INPUT_ORDER = Comparator.comparing(IdBlock::range);

  public IdBlock {
    chunks = List.copyOf(chunks);
    labels = List.copyOf(labels);
  }

  /** Returns the block with the ids of one part of a range. */
  public static IdBlock of(Table table, StagedRange range, int part) {
    StagedIds ids = range.ids();
    return new IdBlock(table, range.task().key(), ids.path(), ids.part(part), range.labels());
  }

  @Override
  public int compareTo(IdBlock other) {
    return INPUT_ORDER.compare(this, other);
  }

  /** Writes the block; equal blocks are written as equal bytes. */
  public void write(DataOutput out) throws IOException {
    out.writeUTF(table.name());
    range.write(out);
    out.writeUTF(path);
    out.writeInt(chunks.size());
    for (Chunk chunk : chunks) {
      out.writeLong(chunk.offset());
      out.writeInt(chunk.length());
    }
    out.writeInt(labels.size());
    for (String label : labels) {
      out.writeUTF(label);
    }
  }

  /** Reads a block that {@link #write} wrote. */
  public static IdBlock read(DataInput in) throws IOException {
    Table table = Table.valueOf(in.readUTF());
    RangeKey range = RangeKey.read(in);
    String path = in.readUTF();
    List<Chunk> chunks = new ArrayList<>();
    for (int remaining = in.readInt(); remaining > 0; remaining--) {
      chunks.add(new Chunk(in.readLong(), in.readInt()));
    }
    List<String> labels = new ArrayList<>();
    for (int remaining = in.readInt(); remaining > 0; remaining--) {
      labels.add(in.readUTF());
    }
    return new IdBlock(table, range, path, chunks, labels);
  }
}
