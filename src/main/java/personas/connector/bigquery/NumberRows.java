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
    List<Bucket> inOrder = new ArrayList<>();
    context.sideInput(buckets).forEach(inOrder::add);
    inOrder.sort(Comparator.comparingInt(Bucket::number));
    long next = 0;
    int at = 0;
    do {
      FileRange range =
          at < inOrder.size() && inOrder.get(at).staged() != null
              ? moved(inOrder.get(at++).staged(), next)
              : null;
      if (range == null) {
        int end = at;
        while (end < inOrder.size() && inOrder.get(end).staged() == null) {
          end++;
        }
        range = joined(context.element(), inOrder.subList(at, end), next);
        at = end;
      }
      next = range.range().end();
      context.output(range);
    } while (at < inOrder.size());
  }

  private static FileRange moved(FileRange staged, long firstRow) {
    ByteRange range = staged.range();
    return new FileRange(
        new ByteRange(range.file(), firstRow, firstRow + range.end()),
        staged.path(),
        staged.fileSize(),
        staged.header());
  }

  private FileRange joined(String source, List<Bucket> small, long firstRow) throws IOException {
    try (StagedTableWriter staged =
        new StagedTableWriter(source, format.columns(), folder, firstRow)) {
      for (Bucket bucket : small) {
        for (byte[] row : bucket.rows()) {
          staged.write(format.texts(row));
        }
      }
      return staged.end();
    }
  }
}
