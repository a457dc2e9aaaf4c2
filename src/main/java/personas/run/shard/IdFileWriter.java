package personas.run.shard;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import personas.connector.storage.Folder;
import personas.feature.shard.IdBlocks;
import personas.feature.shard.Shard;
import personas.feature.shard.StagedIds;

/** Stages the ids of one range in a file of a name that no other attempt has. */
public final class IdFileWriter implements Closeable {
  private final Folder folder;
  private final int parts;
  private final List<int[]> ends = new ArrayList<>();
  private String path = "";
  private OutputStream out;

  /**
   * Prepares to write.
   *
   * @param folder gets the file
   * @param parts how many parts the ids are cut into
   */
  public IdFileWriter(Folder folder, int parts) {
    this.folder = folder;
    this.parts = parts;
  }

  /**
   * Adds the ids of the next shard of the range.
   *
   * @param hashes of the ids, one per row
   * @param number what stands beside each id
   */
  public void add(Shard shard, long[] hashes, IdBlocks.RowNumber number) throws IOException {
    if (out == null) {
      path = folder.file(UUID.randomUUID() + ".ids");
      out = Folder.create(path);
    }
    IdBlocks blocks = IdBlocks.of(shard, hashes, parts, number);
    out.write(blocks.bytes());
    ends.add(blocks.ends());
  }

  /** Ends the file and says where the ids are. */
  public StagedIds staged() throws IOException {
    close();
    return new StagedIds(path, ends);
  }

  @Override
  public void close() throws IOException {
    if (out != null) {
      out.close();
      out = null;
    }
  }
}
