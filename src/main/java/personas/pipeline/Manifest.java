package personas.pipeline;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.SortedMap;
import personas.data.RejectionExamples;
import personas.data.ShardReference;
import personas.data.SourceLedger;
import personas.data.Standardizer;
import personas.pipeline.ReadTotals.RejectedFile;

/**
 * What reading left, for all passes: staged once as a file, so that what flows between the passes
 * stays small however many files the input has.
 *
 * @param shards all staged shards, in the order of the input
 * @param rejectedFiles staged files of rejected records, likewise
 * @param examples a few of the rejected records
 * @param ledgers what became of the records, per source
 * @param standardizer raw to standardised
 * @param sampleFile the staged sample of users
 */
record Manifest(
    List<ShardReference> shards,
    List<RejectedFile> rejectedFiles,
    RejectionExamples examples,
    SortedMap<String, SourceLedger> ledgers,
    Standardizer standardizer,
    String sampleFile)
    implements Serializable {

  /** Each worker reads a manifest once; a handful are enough for the runs that share a process. */
  private static final Cache<String, Manifest> LOADED =
      Caffeine.newBuilder().maximumSize(8).executor(Runnable::run).build();

  /** The manifest of a file that {@link Serialized#save} wrote. */
  static Manifest load(String file) throws IOException {
    try {
      return LOADED.get(file, Manifest::read);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static Manifest read(String file) {
    try {
      return Serialized.load(file, Manifest.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The shards of the {@code slot}-th of {@code slots} contiguous parts. */
  List<ShardReference> shardsOf(int slot, int slots) {
    return part(shards, slot, slots);
  }

  /** The files of rejected records of a part, likewise. */
  List<RejectedFile> rejectedFilesOf(int slot, int slots) {
    return part(rejectedFiles, slot, slots);
  }

  private static <T> List<T> part(List<T> all, int slot, int slots) {
    long size = all.size();
    return all.subList((int) (size * slot / slots), (int) (size * (slot + 1) / slots));
  }

  /** All sources in one. */
  SourceLedger ledger() {
    return ledgers.values().stream().reduce(SourceLedger::plus).orElseThrow();
  }
}
