package personas.run.state;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.List;
import personas.connector.storage.SerializedFile;
import personas.feature.moments.Standardizer;
import personas.feature.shard.ShardReference;
import personas.run.state.StagedFiles.RejectedFile;
import personas.table.ledger.SourceLedger;

/**
 * What all passes know of the input: staged once as a file, so that what flows between the passes
 * stays small however many files the input has.
 *
 * @param files where the users and the rejected records are staged
 * @param ledgers what became of the records
 * @param previousUsers the users of each cluster of the previous run; empty without one
 * @param standardizer raw to standardized
 * @param sampleFile the staged sample of users that the report shows; empty for a score
 * @param binsFile the staged {@link personas.feature.moments.HistogramBins}; empty for a score
 */
public record Manifest(
    StagedFiles files,
    InputLedgers ledgers,
    List<Long> previousUsers,
    Standardizer standardizer,
    String sampleFile,
    String binsFile)
    implements Serializable {

  /** Each worker reads a manifest once; a handful are enough for the runs that share a process. */
  private static final Cache<String, Manifest> LOADED =
      Caffeine.newBuilder().maximumSize(8).executor(Runnable::run).build();

  /** The manifest of a file that {@link SerializedFile#save} wrote. */
  public static Manifest load(String file) throws IOException {
    try {
      return LOADED.get(file, Manifest::read);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static Manifest read(String file) {
    try {
      return SerializedFile.load(file, Manifest.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The shards of the {@code slot}-th of {@code slots} contiguous parts. */
  public List<ShardReference> shardsOf(int slot, int slots) {
    return part(files.shards(), slot, slots);
  }

  /** The files of rejected records of a part, likewise. */
  public List<RejectedFile> rejectedFilesOf(int slot, int slots) {
    return part(files.rejectedFiles(), slot, slots);
  }

  /** The files of users of the previous run who are gone, likewise. */
  public List<StagedFiles.GoneFile> goneFilesOf(int slot, int slots) {
    return part(files.goneFiles(), slot, slots);
  }

  private static <T> List<T> part(List<T> all, int slot, int slots) {
    long size = all.size();
    return all.subList((int) (size * slot / slots), (int) (size * (slot + 1) / slots));
  }

  /** All sources in one. */
  public SourceLedger ledger() {
    return ledgers.total();
  }
}
