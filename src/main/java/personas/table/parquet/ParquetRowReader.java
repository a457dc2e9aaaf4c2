package personas.table.parquet;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.parquet.PlainReadOptions;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.MessageColumnIO;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import personas.feature.UserSchema;
import personas.table.PartitionColumns;
import personas.table.RequiredColumns;
import personas.table.RowReader;
import personas.table.bytes.ByteRange;
import personas.table.bytes.ByteSource;
import personas.table.bytes.FailureTrackingStream;
import personas.table.ledger.BadInputException;
import personas.table.record.TypedFormats;

/**
 * The rows of some row groups of a Parquet file; only the wanted columns are read. Compressed by
 * nothing, snappy, gzip, zstd, brotli or LZ4; text without an annotation, as older writers leave
 * it, is UTF-8.
 */
public final class ParquetRowReader implements RowReader {
  private final WatchedSource source;
  private final ParquetFileReader file;
  private final ParquetCodecs codecs;
  private final MessageType fileSchema;
  private final ParquetRows materializer;
  private final ByteRange rows;
  private RecordReader<Object[]> group;
  private int nextGroup;
  private long groupStart;
  private long left;
  private Object[] row;

  private ParquetRowReader(
      WatchedSource source,
      ParquetFileReader file,
      ParquetCodecs codecs,
      ByteRange rows,
      ParquetRows materializer) {
    this.source = source;
    this.file = file;
    this.codecs = codecs;
    this.fileSchema = file.getFileMetaData().getSchema();
    this.materializer = materializer;
    this.rows = rows;
  }

  /** A source whose streams remember their failures. */
  private static final class WatchedSource implements ByteSource {
    private final ByteSource source;
    private FailureTrackingStream last;

    WatchedSource(ByteSource source) {
      this.source = source;
    }

    @Override
    public String name() {
      return source.name();
    }

    @Override
    public long size() throws IOException {
      return source.size();
    }

    @Override
    public java.io.InputStream open(long position) throws IOException {
      last = new FailureTrackingStream(source.open(position));
      return last;
    }

    /**
     * @param place within the source; empty where it is the whole of it
     */
    IOException refuse(String place, Exception cause) {
      return last == null
          ? new BadInputException(name() + ": is no Parquet file: " + cause.getMessage(), cause)
          : last.refuse(name() + place, "Parquet", cause);
    }
  }

  /**
   * Opens a file; the caller closes.
   *
   * @param rows of the row groups that start in it
   * @throws BadInputException where it is no Parquet file, or has not the columns, or one is no
   *     scalar
   */
  public static ParquetRowReader open(ByteSource source, UserSchema schema, ByteRange rows)
      throws IOException {
    WatchedSource watched = new WatchedSource(source);
    ParquetFileReader file = null;
    ParquetCodecs codecs = new ParquetCodecs();
    try {
      ParquetFooter.check(watched);
      file = ParquetFileReader.open(new ParquetInput(watched), PlainReadOptions.of(codecs));
      MessageType written = file.getFileMetaData().getSchema();
      RequiredColumns required = RequiredColumns.of(schema);
      List<ParquetColumn> columns = wanted(source.name(), written, required);
      MessageType wanted = ParquetColumn.row(written, columns);
      ParquetFooter.checkColumns(source, wanted, file.getRowGroups());
      file.setRequestedSchema(wanted);
      return new ParquetRowReader(
          watched,
          file,
          codecs,
          rows,
          new ParquetRows(wanted, columns, required.wanted(), PartitionColumns.of(source.name())));
    } catch (IOException | RuntimeException e) {
      if (file != null) {
        file.close();
      }
      throw watched.refuse("", e);
    } catch (OutOfMemoryError | StackOverflowError e) {
      if (file != null) {
        file.close();
      }
      throw TypedFormats.tooLarge(source.name(), e);
    }
  }

  /** The wanted columns that the file holds, in the order in which they are wanted. */
  private static List<ParquetColumn> wanted(
      String source, MessageType written, RequiredColumns columns) throws BadInputException {
    List<ParquetColumn> all = ParquetColumn.all(written);
    List<String> names = all.stream().map(ParquetColumn::name).toList();
    List<ParquetColumn> wanted = new ArrayList<>();
    for (String name : columns.inFile(source, names)) {
      ParquetColumn column = all.get(names.indexOf(name));
      checkType(source, column);
      wanted.add(column);
    }
    return wanted;
  }

  private static void checkType(String source, ParquetColumn column) throws BadInputException {
    Type type = column.type();
    if (!ParquetRows.isScalar(type)) {
      throw new BadInputException(
          source
              + ": column '"
              + column.name()
              + "' is '"
              + type.toString().strip().replaceAll("\\s+", " ")
              + "'; a column is of numbers, text, booleans, dates or times");
    }
    if (type.getLogicalTypeAnnotation() instanceof DecimalLogicalTypeAnnotation decimal) {
      TypedFormats.checkScale(source, column.name(), decimal.getScale());
    }
  }

  /**
   * Ranges of rows, each of whole row groups.
   *
   * @param rangeBytes a range ends with the group that reaches as many stored bytes
   */
  public static List<ByteRange> ranges(ByteSource source, UserSchema schema, long rangeBytes)
      throws IOException {
    try (ParquetRowReader table = open(source, schema, new ByteRange(source.name(), 0, 0))) {
      List<ByteRange> ranges = new ArrayList<>();
      long start = 0;
      long end = 0;
      long bytes = 0;
      for (BlockMetaData block : table.file.getRowGroups()) {
        end += block.getRowCount();
        bytes += block.getCompressedSize();
        if (bytes >= rangeBytes) {
          ranges.add(new ByteRange(source.name(), start, end));
          start = end;
          bytes = 0;
        }
      }
      if (end > start || ranges.isEmpty()) {
        ranges.add(new ByteRange(source.name(), start, end));
      }
      return ranges;
    }
  }

  /** The names of the columns that hold one value each, also within groups. */
  public static List<String> columns(ByteSource source) throws IOException {
    WatchedSource watched = new WatchedSource(source);
    try {
      ParquetFooter.check(watched);
      try (ParquetFileReader file =
          ParquetFileReader.open(
              new ParquetInput(watched), PlainReadOptions.of(new ParquetCodecs()))) {
        return ParquetColumn.all(file.getFileMetaData().getSchema()).stream()
            .filter(column -> ParquetRows.isScalar(column.type()))
            .map(ParquetColumn::name)
            .toList();
      }
    } catch (IOException | RuntimeException e) {
      throw watched.refuse("", e);
    }
  }

  @Override
  public boolean next() throws IOException {
    try {
      while (left == 0) {
        if (!nextGroup()) {
          return false;
        }
      }
      left--;
      row = group.read();
      return true;
    } catch (IOException | RuntimeException e) {
      throw source.refuse(": row group " + (nextGroup - 1), e);
    } catch (OutOfMemoryError | StackOverflowError e) {
      throw TypedFormats.tooLarge(source.name() + ": row group " + (nextGroup - 1), e);
    }
  }

  private boolean nextGroup() throws IOException {
    for (BlockMetaData block : file.getRowGroups().subList(nextGroup, file.getRowGroups().size())) {
      nextGroup++;
      boolean inside = groupStart >= rows.start() && groupStart < rows.end();
      groupStart += block.getRowCount();
      if (!inside) {
        file.skipNextRowGroup();
        continue;
      }
      codecs.allow(ParquetFooter.plainBytes(block, materializer.schema()));
      PageReadStore pages = new CheckedPages(file.readNextRowGroup());
      MessageColumnIO columns =
          new ColumnIOFactory().getColumnIO(materializer.schema(), fileSchema);
      group = columns.getRecordReader(pages, materializer);
      left = block.getRowCount();
      return true;
    }
    return false;
  }

  /** Pages whose dictionaries count no more values than they have bytes. */
  private record CheckedPages(PageReadStore pages) implements PageReadStore {
    @Override
    public PageReader getPageReader(ColumnDescriptor column) {
      return new CheckedColumn(pages.getPageReader(column));
    }

    @Override
    public long getRowCount() {
      return pages.getRowCount();
    }

    @Override
    public void close() {
      pages.close();
    }
  }

  private record CheckedColumn(PageReader column) implements PageReader {
    @Override
    public DictionaryPage readDictionaryPage() {
      DictionaryPage page = column.readDictionaryPage();
      if (page != null
          && (page.getDictionarySize() < 0 || page.getDictionarySize() > page.getBytes().size())) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "a dictionary counts %,d values in %,d bytes",
                page.getDictionarySize(),
                page.getBytes().size()));
      }
      return page;
    }

    @Override
    public long getTotalValueCount() {
      return column.getTotalValueCount();
    }

    @Override
    public DataPage readPage() {
      return column.readPage();
    }
  }

  @Override
  public Object value(int column) {
    return row[column];
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
