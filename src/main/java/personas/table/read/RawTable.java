package personas.table.read;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import personas.feature.Feature;
import personas.feature.UserSchema;
import personas.table.InputFormat;
import personas.table.PartitionColumns;
import personas.table.RowReader;
import personas.table.avro.AvroRowReader;
import personas.table.bytes.ByteRange;
import personas.table.bytes.ByteSource;
import personas.table.bytes.UncompressedStream;
import personas.table.csv.CsvHeader;
import personas.table.csv.CsvLine;
import personas.table.json.JsonLinesReader;
import personas.table.ledger.BadInputException;
import personas.table.ledger.Rejection;
import personas.table.parquet.ParquetRowReader;

/**
 * Reads all columns of a table without a schema, with values as they are written. A small file is
 * read completely; a larger file is sampled evenly. Jobs do not use this class, because it creates
 * an object for each value.
 */
public final class RawTable {
  private static final int HEADER_BYTES = 1 << 20;

  /** The number of pieces that are read of a large file. */
  private static final int PIECES = 64;

  private static final long MAX_TYPED_ROWS = 1_000_000;

  private final ByteSource source;
  private final InputFormat format;
  private final CsvHeader header;
  private final List<String> columns;
  private final BitSet isFirst = new BitSet();
  private long skipped;
  private String firstSkipped = "";

  private RawTable(ByteSource source, InputFormat format, CsvHeader header, List<String> columns) {
    this.source = source;
    this.format = format;
    this.header = header;
    this.columns = columns;
    Set<String> seen = new HashSet<>();
    for (int c = 0; c < columns.size(); c++) {
      isFirst.set(c, seen.add(columns.get(c)));
    }
  }

  /** Receives the values of a table one after another. */
  public interface Consumer {
    /**
     * Receives a value of the current record.
     *
     * @param value null, a text, a number, a boolean, or a date or time
     */
    void value(String column, Object value);

    /** Ends the record. */
    void endRecord();
  }

  /**
   * Opens a table.
   *
   * @param declared the format; null to detect it
   * @throws BadInputException if the file is not a table that can be read
   */
  public static RawTable open(ByteSource source, InputFormat declared) throws IOException {
    byte[] start;
    try (InputStream in = UncompressedStream.open(source, 0)) {
      start = in.readNBytes(HEADER_BYTES);
    }
    InputFormat format = FileHeader.formatOf(source, declared, start);
    return switch (format) {
      case CSV -> {
        FileHeader.refuseOtherContainers(source, start);
        CsvHeader header =
            CsvStart.guess(source.name(), start, FileHeader.textStart(start)).header();
        yield new RawTable(source, format, header, header.line().cells());
      }
      case JSONL -> {
        FileHeader.refuseOtherContainers(source, start);
        FileHeader.refuseOtherJson(
            source.name(), start, FileHeader.textStart(start), List.of(), null);
        yield new RawTable(source, format, null, List.of());
      }
      case AVRO -> new RawTable(source, format, null, AvroRowReader.columns(source));
      case PARQUET -> new RawTable(source, format, null, ParquetRowReader.columns(source));
    };
  }

  /** Returns the format of the table. */
  public InputFormat format() {
    return format;
  }

  /** Returns the delimiter of CSV; a comma for any other format. */
  public char delimiter() {
    return header == null ? ',' : header.line().separator();
  }

  /** Returns the number of lines above the header of CSV. */
  public int linesAbove() {
    return header == null ? 0 : header.linesAbove();
  }

  /**
   * Returns the names of the columns, with partition columns at the end. The list is empty for JSON
   * lines, because each record has its own keys.
   */
  public List<String> columns() {
    if (columns.isEmpty()) {
      return columns;
    }
    List<String> names = new ArrayList<>(columns);
    for (String column : PartitionColumns.of(source.name()).names()) {
      if (!columns.contains(column)) {
        names.add(column);
      }
    }
    return names;
  }

  /**
   * Returns the number of records that the last read skipped, because they do not fit the table.
   */
  public long skipped() {
    return skipped;
  }

  /** Returns the beginning of the first skipped record. */
  public String firstSkipped() {
    return firstSkipped;
  }

  private void skip(byte[] bytes, int from, int to) {
    if (skipped++ == 0) {
      firstSkipped = Rejection.excerpt(bytes, from, to);
    }
  }

  /**
   * Reads the records and passes their values to a consumer.
   *
   * @param maxBytes the size above which a file is sampled
   * @return whether all records were read
   */
  public boolean read(long maxBytes, Consumer consumer) throws IOException {
    skipped = 0;
    Consumer withPartitions =
        new PartitionColumnAdder(PartitionColumns.of(source.name()), consumer);
    return format.isTyped()
        ? readTyped(maxBytes, withPartitions)
        : readText(maxBytes, withPartitions);
  }

  /** Adds the values of partition columns that a record does not have. */
  private static final class PartitionColumnAdder implements Consumer {
    private final PartitionColumns folders;
    private final Consumer consumer;

    /** The columns of the current record. */
    private final Set<String> found = new HashSet<>();

    PartitionColumnAdder(PartitionColumns folders, Consumer consumer) {
      this.folders = folders;
      this.consumer = consumer;
    }

    @Override
    public void value(String column, Object value) {
      found.add(column);
      consumer.value(column, value);
    }

    @Override
    public void endRecord() {
      for (String column : folders.names()) {
        if (!found.contains(column)) {
          consumer.value(column, folders.value(column));
        }
      }
      found.clear();
      consumer.endRecord();
    }
  }

  private boolean readTyped(long maxBytes, Consumer consumer) throws IOException {
    UserSchema schema = new UserSchema(null, columns.stream().map(Feature::of).toList(), List.of());
    boolean isWhole = source.size() <= maxBytes;
    long rows = isWhole ? Long.MAX_VALUE : MAX_TYPED_ROWS;
    if (format == InputFormat.AVRO) {
      try (RowReader table = AvroRowReader.open(source, schema)) {
        readRows(table, rows, consumer);
      }
      return isWhole;
    }
    List<ByteRange> ranges = ParquetRowReader.ranges(source, schema, 1);
    int step = isWhole ? 1 : Math.max(1, (int) (source.size() / maxBytes));
    for (int i = 0; i < ranges.size() && rows > 0; i += step) {
      try (RowReader table = ParquetRowReader.open(source, schema, ranges.get(i))) {
        rows = readRows(table, rows, consumer);
      }
    }
    return isWhole;
  }

  /** Reads at most {@code maxRows} rows. Returns the number of rows that may still be read. */
  private long readRows(RowReader rows, long maxRows, Consumer consumer) throws IOException {
    long remaining = maxRows;
    for (; remaining > 0 && rows.next(); remaining--) {
      for (int c = 0; c < columns.size(); c++) {
        Object value = rows.value(c);
        consumer.value(
            columns.get(c),
            value instanceof byte[] utf8 ? new String(utf8, StandardCharsets.UTF_8) : value);
      }
      consumer.endRecord();
    }
    return remaining;
  }

  private boolean readText(long maxBytes, Consumer consumer) throws IOException {
    long start = header == null ? 0 : header.end() + 1L;
    if (UncompressedStream.isCompressed(source) || source.size() <= maxBytes) {
      byte[] bytes;
      try (InputStream in = UncompressedStream.open(source, 0)) {
        bytes = in.readNBytes((int) Math.min(Integer.MAX_VALUE - 8, maxBytes + 1));
      }
      boolean isWhole = bytes.length <= maxBytes;
      readPiece(bytes, (int) Math.min(start, bytes.length), isWhole, consumer);
      return isWhole;
    }
    int length = (int) (maxBytes / PIECES);
    for (int piece = 0; piece < PIECES; piece++) {
      long from = Math.max(start, (source.size() - length) / (PIECES - 1) * piece);
      try (InputStream in = source.open(from)) {
        byte[] bytes = in.readNBytes(length);
        readPiece(bytes, from == start ? 0 : lineEnd(bytes, 0) + 1, false, consumer);
      }
    }
    return false;
  }

  private static int lineEnd(byte[] bytes, int from) {
    int end = from;
    while (end < bytes.length && bytes[end] != '\n') {
      end++;
    }
    return end;
  }

  /** Reads the records in a piece of a file. The last record is read only if it ends the file. */
  private void readPiece(byte[] bytes, int from, boolean toEnd, Consumer consumer)
      throws IOException {
    int recordStart = from;
    while (recordStart < bytes.length) {
      int end =
          format == InputFormat.CSV
              ? CsvHeader.recordEnd(bytes, recordStart)
              : lineEnd(bytes, recordStart);
      if (end == bytes.length && !toEnd) {
        return;
      }
      if (format == InputFormat.CSV) {
        readCsv(bytes, recordStart, end, consumer);
      } else if (!readJson(bytes, recordStart, end, consumer)
          && !new String(bytes, recordStart, end - recordStart, StandardCharsets.UTF_8).isBlank()) {
        skip(bytes, recordStart, end);
      }
      recordStart = end + 1;
    }
  }

  private void readCsv(byte[] bytes, int from, int to, Consumer consumer) {
    String line = CsvHeader.text(bytes, from, to);
    if (line.isEmpty()) {
      return;
    }
    List<String> fields = CsvLine.split(line, header.line().separator());
    if (fields.size() != columns.size()) {
      skip(bytes, from, to);
      return;
    }
    for (int c = 0; c < columns.size(); c++) {
      // If a name occurs twice, the values of the first column are used.
      if (isFirst.get(c)) {
        consumer.value(columns.get(c), fields.get(c));
      }
    }
    consumer.endRecord();
  }

  /** Reads the keys of an object, and the keys of the objects in it. */
  private static void readKeys(
      JsonParser parser, String outer, List<String> keys, List<Object> values) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String key = outer + parser.currentName();
      JsonToken token = parser.nextToken();
      if (token == JsonToken.START_OBJECT) {
        readKeys(parser, key + ".", keys, values);
        continue;
      }
      keys.add(key);
      values.add(
          switch (token) {
            case VALUE_NULL -> null;
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case VALUE_STRING -> parser.getText();
            default -> "[]";
          });
      parser.skipChildren();
    }
  }

  /** Reads a line. Returns whether the line is one JSON object. */
  private static boolean readJson(byte[] bytes, int from, int end, Consumer consumer)
      throws IOException {
    List<String> keys = new ArrayList<>();
    List<Object> values = new ArrayList<>();
    try (JsonParser parser = JsonLinesReader.FACTORY.createParser(bytes, from, end - from)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return false;
      }
      readKeys(parser, "", keys, values);
      if (parser.nextToken() != null) {
        return false;
      }
    } catch (JsonProcessingException e) {
      return false;
    }
    for (int i = 0; i < keys.size(); i++) {
      consumer.value(keys.get(i), values.get(i));
    }
    consumer.endRecord();
    return true;
  }
}
