package personas.run.state;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import personas.connector.storage.SerializedFile;
import personas.feature.moments.Standardizer;
import personas.run.state.StagedFiles.RejectedFile;
import personas.table.ledger.SourceLedger;

/**
 * What all passes need to know about the input. The manifest is staged once as a file, so that the
 * values that one pass hands to the next stay small even if the input has many files.
 *
 * @param files where the users and the rejected records are staged
 * @param ledgers how many records were accepted and rejected
 * @param previousUsers the number of users of each cluster of the previous run; empty without a
 *     previous run
 * @param standardizer converts raw values to z-scores
 * @param training the files that only a training has
 */
public record Manifest(
    StagedFiles files,
    InputLedgers ledgers,
    List<Long> previousUsers,
    Standardizer standardizer,
    TrainingFiles training)
    implements Serializable {

  /**
   * The staged files that only a training has.
   *
   * @param sample the staged sample of users, for the report and for the choice of k
   * @param bins the staged {@link personas.feature.moments.HistogramBins}
   */
  public record TrainingFiles(String sample, String bins) implements Serializable {
    /** The files of a score: both names are empty. */
    public static final TrainingFiles NONE = new TrainingFiles("", "");

    public TrainingFiles {
      Objects.requireNonNull(sample, "sample");
      Objects.requireNonNull(bins, "bins");
    }
  }

  /**
   * The manifests that this worker has read; eight are enough for the runs that share a process.
   */
  private static final Cache<String, Manifest> LOADED =
      Caffeine.newBuilder().maximumSize(8).executor(Runnable::run).build();

  /** Reads the manifest of a file that {@link SerializedFile#save} wrote. */
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

  /**
   * Returns the shards of a slot, which is one of {@code slots} contiguous parts of all shards.
   *
   * @param slot the number of the slot, from 0
   * @param slots the number of slots
   */
  public List<ShardReference> shardsOf(int slot, int slots) {
    return part(files.shards(), slot, slots);
  }

  /** Returns the files of rejected records that a slot copies. */
  public List<RejectedFile> rejectedFilesOf(int slot, int slots) {
    return part(files.rejectedFiles(), slot, slots);
  }

  /**
   * Returns the files with the users of the previous run who are absent from this run; the slot
   * adds them to the lists of users.
   */
  public List<StagedFiles.GoneFile> goneFilesOf(int slot, int slots) {
    return part(files.goneFiles(), slot, slots);
  }

  private static <T> List<T> part(List<T> files, int slot, int slots) {
    long size = files.size();
    return files.subList((int) (size * slot / slots), (int) (size * (slot + 1) / slots));
  }

  /** Returns the ledger of all sources together. */
  public SourceLedger ledger() {
    return ledgers.total();
  }
}
