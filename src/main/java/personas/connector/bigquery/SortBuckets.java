package personas.connector.bigquery;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import personas.connector.storage.Folder;
import personas.connector.storage.StagedTableWriter;
import personas.math.Hashing;
import personas.table.read.FileRange;

/**
 * Sorts the rows of a bucket by hash, then by bytes. A large bucket is staged as a file. The number
 * of a bucket is the upper bits of the hash, so the buckets in the order of their numbers hold all
 * rows in sorted order. A worker holds the rows of one bucket in memory.
 */
final class SortBuckets extends DoFn<KV<Integer, Iterable<byte[]>>, SortBuckets.Bucket> {
  private static final long serialVersionUID = 1;

  /** 100 million rows of 60 bytes give 400,000 rows per bucket, about 50 MB as Java objects. */
  private static final int BUCKET_BITS = 8;

  /** A bucket of up to this size is not staged. All such buckets together have at most 16 MB. */
  private static final int MAX_INLINE_BYTES = 1 << 16;

  /**
   * The sorted rows of a bucket.
   *
   * @param number the upper bits of the hashes
   * @param staged the rows as a file whose first row has the number 0; null for a small bucket
   * @param rows the rows of a small bucket; empty for a staged bucket
   */
  record Bucket(int number, FileRange staged, List<byte[]> rows) implements Serializable {}

  private static final class HashedRow implements Comparable<HashedRow> {
    final long hash;
    final byte[] row;

    HashedRow(byte[] row) {
      this.hash = hash(row);
      this.row = row;
    }

    @Override
    public int compareTo(HashedRow other) {
      int byHash = Long.compareUnsigned(hash, other.hash);
      return byHash != 0 ? byHash : Arrays.compareUnsigned(row, other.row);
    }
  }

  /** Emits a row with the number of its bucket as the key. */
  static final class HashRow extends DoFn<byte[], KV<Integer, byte[]>> {
    private static final long serialVersionUID = 1;

    @ProcessElement
    public void process(@Element byte[] row, OutputReceiver<KV<Integer, byte[]>> out) {
      out.output(KV.of((int) (hash(row) >>> (Long.SIZE - BUCKET_BITS)), row));
    }
  }

  private final String source;
  private final EncodeBigQueryRow format;
  private final Folder folder;

  SortBuckets(String source, EncodeBigQueryRow format, Folder folder) {
    this.source = source;
    this.format = format;
    this.folder = folder;
  }

  private static long hash(byte[] row) {
    return Hashing.hash64(0, row, 0, row.length);
  }

  @ProcessElement
  public void process(@Element KV<Integer, Iterable<byte[]>> bucket, OutputReceiver<Bucket> out)
      throws IOException {
    List<HashedRow> hashedRows = new ArrayList<>();
    long bytes = 0;
    for (byte[] row : bucket.getValue()) {
      hashedRows.add(new HashedRow(row));
      bytes += row.length;
    }
    hashedRows.sort(null);
    List<byte[]> rows = hashedRows.stream().map(row -> row.row).toList();
    if (bytes <= MAX_INLINE_BYTES) {
      out.output(new Bucket(bucket.getKey(), null, new ArrayList<>(rows)));
      return;
    }
    try (StagedTableWriter staged = new StagedTableWriter(source, format.columns(), folder, 0)) {
      for (byte[] row : rows) {
        staged.write(format.texts(row));
      }
      out.output(new Bucket(bucket.getKey(), staged.end(), new ArrayList<>()));
    }
  }
}
