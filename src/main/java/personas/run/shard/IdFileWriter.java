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

/** Stages the ids of one range in a file whose name no other attempt has. */
public final class IdFileWriter implements Closeable {
  private final Folder folder;
  private final int parts;
  private final List<int[]> ends = new ArrayList<>();
  private String path = "";
  private OutputStream out;

  /**
   * Creates a writer. The first call of {@link #add} creates the file.
   *
   * @param folder the folder of the file
   * @param parts the number of parts into which the ids are split
   */
  public IdFileWriter(Folder folder, int parts) {
    this.folder = folder;
    this.parts = parts;
  }

  /**
   * Adds the ids of the next shard of the range.
   *
   * @param shard the shard
   * @param hashes the hash of each id, one per row
   * @param number returns the number that is stored with the id of a row
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

  /** Closes the file and returns where the ids are staged. */
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
