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
 * The rows of a bucket → the same in the order of their hashes and bytes; staged, unless they are
 * few. Buckets are cut by the upper bits of the hash, so that one behind the other they have that
 * order too. A worker holds the rows of one bucket.
 */
final class SortBuckets extends DoFn<KV<Integer, Iterable<byte[]>>, SortBuckets.Bucket> {
  private static final long serialVersionUID = 1;

  /** 100 million rows of 60 bytes are 400,000 a bucket, some 50 MB. */
  private static final int BUCKET_BITS = 8;

  /** Of all buckets 16 MB at most. */
  private static final int FEW_BYTES = 1 << 16;

  /**
   * Sorted rows.
   *
   * @param number of the bucket, in the order of its rows
   * @param staged the rows as a file whose first row has the number 0; null where they are few
   * @param few the rows themselves, where they are few; else none
   */
  record Bucket(int number, FileRange staged, List<byte[]> few) implements Serializable {}

  private static final class Hashed implements Comparable<Hashed> {
    final long hash;
    final byte[] row;

    Hashed(byte[] row) {
      this.hash = hash(row);
      this.row = row;
    }

    @Override
    public int compareTo(Hashed other) {
      int byHash = Long.compareUnsigned(hash, other.hash);
      return byHash != 0 ? byHash : Arrays.compareUnsigned(row, other.row);
    }
  }

  /** A row → the bucket that it belongs to. */
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
    List<Hashed> hashed = new ArrayList<>();
    long bytes = 0;
    for (byte[] row : bucket.getValue()) {
      hashed.add(new Hashed(row));
      bytes += row.length;
    }
    hashed.sort(null);
    List<byte[]> rows = hashed.stream().map(each -> each.row).toList();
    if (bytes <= FEW_BYTES) {
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
