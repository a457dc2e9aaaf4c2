package personas.pipeline;

import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.util.List;
import java.util.SortedMap;
import personas.data.ShardReference;
import personas.data.SourceLedger;
import personas.data.Standardizer;
import personas.kmeans.LloydState;
import personas.pipeline.ReadTotals.RejectedFile;

/**
 * What one pass hands to the next: where the shards lie, how they are standardised, and where the
 * iteration stands.
 *
 * @param shards all staged shards, in the order of the input
 * @param rejectedFiles staged files of rejected records, likewise
 * @param ledgers what became of the records, per source
 * @param standardizer raw to standardised
 * @param lloyd where the iteration stands
 * @param sampleFile the staged sample of users
 */
record SegmentState(
    List<ShardReference> shards,
    List<RejectedFile> rejectedFiles,
    SortedMap<String, SourceLedger> ledgers,
    Standardizer standardizer,
    LloydState lloyd,
    String sampleFile)
    implements Serializable {

  SegmentState with(LloydState next) {
    return new SegmentState(shards, rejectedFiles, ledgers, standardizer, next, sampleFile);
  }

  /** The {@code slot}-th of {@code slots} contiguous parts of a list. */
  static <T> List<T> part(List<T> all, int slot, int slots) {
    int size = all.size();
    return all.subList(
        (int) ((long) size * slot / slots), (int) ((long) size * (slot + 1) / slots));
  }

  /** Users in all shards. */
  long users() {
    return shards.stream().mapToLong(ShardReference::rows).sum();
  }

  void save(String file) throws IOException {
    try (OutputStream out = Folder.create(file);
        ObjectOutputStream objects = new ObjectOutputStream(out)) {
      objects.writeObject(this);
    }
  }

  /** Reads what {@link #save} wrote; only ever from this run's own staging folder. */
  static SegmentState load(String file) throws IOException {
    try (InputStream in = Folder.open(file);
        ObjectInputStream objects = new ObjectInputStream(in)) {
      return (SegmentState) objects.readObject();
    } catch (ClassNotFoundException e) {
      throw new IOException(file + ": was saved by another version of this program", e);
    }
  }
}
