package personas.connector.bigquery;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.PCollectionView;
import personas.connector.bigquery.SortBuckets.Bucket;
import personas.connector.storage.Folder;
import personas.connector.storage.StagedTableWriter;
import personas.table.bytes.ByteRange;
import personas.table.read.FileRange;

/**
 * Numbers the rows of all sorted buckets. Emits ranges in the order of the buckets; if there is no
 * row, emits one empty range. Neighboring small buckets are written to one file.
 */
final class NumberRows extends DoFn<String, FileRange> {
  private static final long serialVersionUID = 1;

  private final PCollectionView<Iterable<Bucket>> buckets;
  private final EncodeBigQueryRow format;
  private final Folder folder;

  NumberRows(PCollectionView<Iterable<Bucket>> buckets, EncodeBigQueryRow format, Folder folder) {
    this.buckets = buckets;
    this.format = format;
    this.folder = folder;
  }

  @ProcessElement
  public void process(ProcessContext context) throws IOException {
    List<Bucket> sortedBuckets = new ArrayList<>();
    context.sideInput(buckets).forEach(sortedBuckets::add);
    sortedBuckets.sort(Comparator.comparingInt(Bucket::number));
    long nextRow = 0;
    int bucketIndex = 0;
    do {
      FileRange range =
          bucketIndex < sortedBuckets.size() && sortedBuckets.get(bucketIndex).staged() != null
              ? renumbered(sortedBuckets.get(bucketIndex++).staged(), nextRow)
              : null;
      if (range == null) {
        int end = bucketIndex;
        while (end < sortedBuckets.size() && sortedBuckets.get(end).staged() == null) {
          end++;
        }
        range =
            writeSmallBuckets(context.element(), sortedBuckets.subList(bucketIndex, end), nextRow);
        bucketIndex = end;
      }
      nextRow = range.range().end();
      context.output(range);
    } while (bucketIndex < sortedBuckets.size());
  }

  private static FileRange renumbered(FileRange staged, long firstRow) {
    ByteRange range = staged.range();
    return new FileRange(
        new ByteRange(range.file(), firstRow, firstRow + range.end()),
        staged.path(),
        staged.fileSize(),
        staged.header());
  }

  private FileRange writeSmallBuckets(String source, List<Bucket> smallBuckets, long firstRow)
      throws IOException {
    try (StagedTableWriter staged =
        new StagedTableWriter(source, format.columns(), folder, firstRow)) {
      for (Bucket bucket : smallBuckets) {
        for (byte[] row : bucket.rows()) {
          staged.write(format.texts(row));
        }
      }
      return staged.end();
    }
  }
}
