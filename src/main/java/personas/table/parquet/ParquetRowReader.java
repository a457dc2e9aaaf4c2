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
 * Reads the rows of row groups of a Parquet file, with the required columns only. The compression
 * may be none, Snappy, gzip, zstd, Brotli or LZ4. Text without an annotation, as older writers
 * write it, is read as UTF-8.
 */
public final class ParquetRowReader implements RowReader {
  private final FailureTrackingSource source;
  private final ParquetFileReader file;
  private final ParquetCodecs codecs;
  private final MessageType fileSchema;
  private final ParquetRows materializer;
  private final ByteRange rows;
  private RecordReader<Object[]> group;
  private int nextGroup;
  private long groupStart;
  private long rowsLeft;
  private Object[] row;

  private ParquetRowReader(
      FailureTrackingSource source,
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
  private static final class FailureTrackingSource implements ByteSource {
    private final ByteSource source;
    private FailureTrackingStream last;

    FailureTrackingSource(ByteSource source) {
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
     * Returns an exception that says why the source cannot be read.
     *
     * @param place the place in the source, as a part of a message; empty for the whole source
     * @return a {@link BadInputException} unless the storage has failed
     */
    IOException exceptionFor(String place, Exception cause) {
      return last == null
          ? new BadInputException(name() + ": is not a Parquet file: " + cause.getMessage(), cause)
          : last.exceptionFor(name() + place, "Parquet", cause);
    }
  }

  /**
   * Opens a file. The caller closes the reader.
   *
   * @param rows a range of rows; the row groups that start in it are read
   * @throws BadInputException if the file is not a Parquet file, lacks a required column, or a
   *     required column is not scalar
   */
  public static ParquetRowReader open(ByteSource source, UserSchema schema, ByteRange rows)
      throws IOException {
    FailureTrackingSource watched = new FailureTrackingSource(source);
    ParquetFileReader file = null;
    ParquetCodecs codecs = new ParquetCodecs();
    try {
      ParquetFooter.check(watched);
      file = ParquetFileReader.open(new ParquetInput(watched), PlainReadOptions.of(codecs));
      MessageType fileSchema = file.getFileMetaData().getSchema();
      RequiredColumns required = RequiredColumns.of(schema);
      List<ParquetColumn> columns = columnsInFile(source.name(), fileSchema, required);
      MessageType readSchema = ParquetColumn.row(fileSchema, columns);
      ParquetFooter.checkColumns(source, readSchema, file.getRowGroups());
      file.setRequestedSchema(readSchema);
      return new ParquetRowReader(
          watched,
          file,
          codecs,
          rows,
          new ParquetRows(
              readSchema, columns, required.names(), PartitionColumns.of(source.name())));
    } catch (IOException | RuntimeException e) {
      if (file != null) {
        file.close();
      }
      throw watched.exceptionFor("", e);
    } catch (OutOfMemoryError | StackOverflowError e) {
      if (file != null) {
        file.close();
      }
      throw TypedFormats.tooLarge(source.name(), e);
    }
  }

  /** Returns the required columns that the file holds, in the order of the required columns. */
  private static List<ParquetColumn> columnsInFile(
      String source, MessageType fileSchema, RequiredColumns required) throws BadInputException {
    List<ParquetColumn> existing = ParquetColumn.columnsOf(fileSchema);
    List<String> names = existing.stream().map(ParquetColumn::name).toList();
    List<ParquetColumn> columns = new ArrayList<>();
    for (String name : required.inFile(source, names)) {
      ParquetColumn column = existing.get(names.indexOf(name));
      checkType(source, column);
      columns.add(column);
    }
    return columns;
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
              + "'; allowed are numbers, text, booleans, dates and times");
    }
    if (type.getLogicalTypeAnnotation() instanceof DecimalLogicalTypeAnnotation decimal) {
      TypedFormats.checkScale(source, column.name(), decimal.getScale());
    }
  }

  /**
   * Splits a file into ranges of rows. Each range holds whole row groups.
   *
   * @param rangeBytes the number of stored bytes at which a range ends with the current row group
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

  /** Returns the names of the scalar columns, including fields of groups. */
  public static List<String> columns(ByteSource source) throws IOException {
    FailureTrackingSource watched = new FailureTrackingSource(source);
    try {
      ParquetFooter.check(watched);
      try (ParquetFileReader file =
          ParquetFileReader.open(
              new ParquetInput(watched), PlainReadOptions.of(new ParquetCodecs()))) {
        return ParquetColumn.columnsOf(file.getFileMetaData().getSchema()).stream()
            .filter(column -> ParquetRows.isScalar(column.type()))
            .map(ParquetColumn::name)
            .toList();
      }
    } catch (IOException | RuntimeException e) {
      throw watched.exceptionFor("", e);
    }
  }

  @Override
  public boolean next() throws IOException {
    try {
      while (rowsLeft == 0) {
        if (!nextGroup()) {
          return false;
        }
      }
      rowsLeft--;
      row = group.read();
      return true;
    } catch (IOException | RuntimeException e) {
      throw source.exceptionFor(": row group " + (nextGroup - 1), e);
    } catch (OutOfMemoryError | StackOverflowError e) {
      throw TypedFormats.tooLarge(source.name() + ": row group " + (nextGroup - 1), e);
    }
  }

  private boolean nextGroup() throws IOException {
    for (BlockMetaData block : file.getRowGroups().subList(nextGroup, file.getRowGroups().size())) {
      nextGroup++;
      boolean isInRange = groupStart >= rows.start() && groupStart < rows.end();
      groupStart += block.getRowCount();
      if (!isInRange) {
        file.skipNextRowGroup();
        continue;
      }
      codecs.startRowGroup(ParquetFooter.uncompressedBytes(block, materializer.schema()));
      PageReadStore pages = new CheckedPages(file.readNextRowGroup());
      MessageColumnIO columns =
          new ColumnIOFactory().getColumnIO(materializer.schema(), fileSchema);
      group = columns.getRecordReader(pages, materializer);
      rowsLeft = block.getRowCount();
      return true;
    }
    return false;
  }

  /** Wraps pages and refuses dictionaries that declare more values than they have bytes. */
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
                "a dictionary declares %,d values in %,d bytes",
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
