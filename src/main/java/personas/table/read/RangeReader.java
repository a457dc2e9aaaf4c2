package personas.table.read;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import personas.feature.UserSchema;
import personas.feature.shard.ShardConsumer;
import personas.table.InputFormat;
import personas.table.RangeOutcome;
import personas.table.RecordSpan;
import personas.table.RowReader;
import personas.table.avro.AvroRanges;
import personas.table.avro.AvroRowReader;
import personas.table.bytes.ByteRange;
import personas.table.bytes.ByteSource;
import personas.table.bytes.LineNumbers;
import personas.table.bytes.UncompressedStream;
import personas.table.csv.CsvColumns;
import personas.table.csv.CsvRecordReader;
import personas.table.json.JsonColumns;
import personas.table.json.JsonLinesReader;
import personas.table.ledger.BadInputException;
import personas.table.parquet.ParquetRowReader;
import personas.table.record.RecordBuffer;
import personas.table.record.RecordReader;
import personas.table.record.RecordTarget;
import personas.table.record.RejectionConsumer;
import personas.table.record.TypedRecordReader;
import personas.table.record.UserBuilder;

/** Reads the records of one byte range into shards. */
public final class RangeReader {
  private final UserSchema schema;
  private final FileHeader header;
  private final InputFormat format;
  private final int maxShardRows;
  private final RecordBuffer.Limits limits;
  private final BitSet repeated;

  /**
   * Creates a reader of the ranges of a file.
   *
   * @param maxShardRows the maximum number of rows of a shard
   */
  public RangeReader(UserSchema schema, FileHeader header, int maxShardRows) {
    this(schema, header, maxShardRows, RecordBuffer.Limits.DEFAULT);
  }

  /**
   * Returns a reader of assignments that a run wrote. A record of the assignments may be longer
   * than the record that the run read.
   */
  public static RangeReader ofAssignments(UserSchema schema, FileHeader header, int maxShardRows) {
    return new RangeReader(schema, header, maxShardRows, RecordBuffer.Limits.ASSIGNMENTS);
  }

  /** Creates a reader with other limits of the size of a record. */
  public RangeReader(
      UserSchema schema, FileHeader header, int maxShardRows, RecordBuffer.Limits limits) {
    this(schema, header, maxShardRows, limits, new BitSet());
  }

  private RangeReader(
      UserSchema schema,
      FileHeader header,
      int maxShardRows,
      RecordBuffer.Limits limits,
      BitSet repeated) {
    if (maxShardRows < 1) {
      throw new IllegalArgumentException("maxShardRows: " + maxShardRows + " is below 1");
    }
    this.schema = schema;
    this.header = header;
    this.format = header.format();
    this.maxShardRows = maxShardRows;
    this.limits = limits;
    this.repeated = repeated;
  }

  /**
   * Returns a reader that rejects records of a range because an earlier record has the same id.
   *
   * @param records the indexes of the records to reject. An index counts the records that pass all
   *     other checks, from 0, in the order of the range
   */
  public RangeReader rejecting(BitSet records) {
    return new RangeReader(schema, header, maxShardRows, limits, records);
  }

  /**
   * Reads the records whose first byte lies in the range. While {@link ByteRange#rowsBefore} of an
   * Avro range is unknown, the rows are only counted. Bytes that are appended to the file after the
   * last record are not read.
   *
   * @param forcedStart the position of the first record; -1 to find it. The reader then assumes
   *     that the range does not start inside a quoted field. The assumption is checked when the end
   *     of the previous range is known
   * @throws BadInputException if the file is damaged, has a line longer than {@link
   *     RecordBuffer.Limits#lineBytes}, became shorter while it was read, or became longer in the
   *     middle of a record
   */
  public RangeOutcome read(
      ByteSource source,
      ByteRange range,
      long forcedStart,
      ShardConsumer shards,
      RejectionConsumer rejections)
      throws IOException {
    UserBuilder rows = new UserBuilder(schema, shards, maxShardRows, repeated, limits);
    RecordTarget target = new RecordTarget(source.name(), rows, rejections);
    if (range.start() == 0 && range.end() > 0) {
      rows.recognize(header.recognized());
    }
    if (format.isTyped()) {
      return header.hasRowRanges()
          ? readRows(source, range, target)
          : readBlocks(source, range, forcedStart, target);
    }
    boolean holdsFirst = range.start() <= header.dataStart() && forcedStart < 0;
    if (holdsFirst && range.end() <= header.dataStart()) {
      // The range lies within the header line, and another range starts after it.
      return new RangeOutcome(header.dataStart(), header.dataStart(), rows.ledger());
    }
    long openPosition =
        holdsFirst ? header.dataStart() : forcedStart >= 0 ? forcedStart : range.start() - 1;
    boolean skipsLine = !holdsFirst && forcedStart < 0;
    return readText(source, range, new Opening(openPosition, holdsFirst, skipsLine), target);
  }

  /**
   * The position at which a range of text is opened.
   *
   * @param position the first byte to read
   * @param holdsFirst whether the range holds the first record
   * @param skipsLine whether the rest of the previous range's last line is skipped
   */
  private record Opening(long position, boolean holdsFirst, boolean skipsLine) {}

  private RangeOutcome readText(
      ByteSource source, ByteRange range, Opening opening, RecordTarget target) throws IOException {
    UserBuilder rows = target.users();
    try (InputStream in = UncompressedStream.open(source, opening.position())) {
      RecordBuffer buffer = new RecordBuffer(source.name(), in, opening.position(), limits);
      if (opening.skipsLine()) {
        buffer.skipLine();
      }
      long firstRecordStart = buffer.position();
      if (schema.idColumn() == null) {
        buffer.countLines(opening.holdsFirst() ? LineNumbers.of(source, firstRecordStart) : 0);
      }
      RecordReader reader =
          format == InputFormat.CSV
              ? csv(buffer, target)
              : new JsonLinesReader(JsonColumns.ofFile(schema, source.name()), buffer, target);
      if (!UncompressedStream.isCompressed(source)) {
        double length = Math.min(range.end(), source.size()) - firstRecordStart;
        rows.followProgress(() -> (buffer.position() - firstRecordStart) / length);
      }
      reader.readUntil(range.end());
      rows.flush();
      checkLength(source, range, buffer.position());
      return new RangeOutcome(
          new RecordSpan(firstRecordStart, buffer.position()),
          rows.ledger(),
          buffer.countsLines() ? buffer.line() : 0);
    }
  }

  /**
   * Returns the spans of the range under the other assumptions about its first byte: that the byte
   * lies in a quoted field, or in another field of a record. Assumptions that contradict the bytes
   * or give the span that was already read are skipped. Only CSV has records of several lines.
   *
   * @param read the span under the assumption that the first line starts a record
   */
  public List<RecordSpan> otherSpans(ByteSource source, ByteRange range, RecordSpan read)
      throws IOException {
    if (format != InputFormat.CSV || range.start() <= header.dataStart()) {
      return List.of();
    }
    List<RecordSpan> spans = new ArrayList<>();
    Set<Long> starts = new HashSet<>(Set.of(read.firstRecordStart()));
    for (boolean isQuoted : new boolean[] {true, false}) {
      try (InputStream in = UncompressedStream.open(source, range.start())) {
        RecordBuffer buffer = new RecordBuffer(source.name(), in, range.start(), limits);
        CsvRecordReader records = csv(buffer, RecordTarget.none(source.name(), schema));
        if (records.skipRestOfRecord(isQuoted)
            && buffer.position() < range.end()
            && starts.add(buffer.position())) {
          spans.add(spanFrom(buffer, records, range));
        }
      }
    }
    return spans;
  }

  /**
   * Returns the span of records in a range of a CSV file, or of blocks in a range of an Avro file.
   *
   * @param firstRecordStart the position of the first record or block
   */
  public RecordSpan span(ByteSource source, ByteRange range, long firstRecordStart)
      throws IOException {
    if (format == InputFormat.AVRO) {
      return AvroRanges.count(source, range, firstRecordStart);
    }
    try (InputStream in = UncompressedStream.open(source, firstRecordStart)) {
      RecordBuffer buffer = new RecordBuffer(source.name(), in, firstRecordStart, limits);
      RecordTarget none = RecordTarget.none(source.name(), schema);
      return spanFrom(buffer, csv(buffer, none), range);
    }
  }

  private static RecordSpan spanFrom(RecordBuffer buffer, CsvRecordReader records, ByteRange range)
      throws IOException {
    long first = buffer.position();
    records.skipUntil(range.end());
    return new RecordSpan(first, buffer.position());
  }

  private CsvRecordReader csv(RecordBuffer buffer, RecordTarget target) {
    return new CsvRecordReader(new CsvColumns(schema, header.layout()), buffer, target);
  }

  private RangeOutcome readRows(ByteSource source, ByteRange range, RecordTarget target)
      throws IOException {
    try (RowReader table =
        format == InputFormat.PARQUET
            ? ParquetRowReader.open(source, schema, range)
            : AvroRowReader.open(source, schema)) {
      long end = new TypedRecordReader(schema, table, range.start(), target).readAll();
      target.users().flush();
      return new RangeOutcome(range.start(), end, target.users().ledger());
    }
  }

  /**
   * Reads blocks of an Avro file. If the number of rows before the range is unknown, the method
   * only counts the rows of the range.
   */
  private RangeOutcome readBlocks(
      ByteSource source, ByteRange range, long forcedStart, RecordTarget target)
      throws IOException {
    UserBuilder rows = target.users();
    if (range.rowsBefore() == ByteRange.UNKNOWN_ROWS) {
      return new RangeOutcome(AvroRanges.find(source, range), rows.ledger());
    }
    long firstBlock = forcedStart < 0 ? header.dataStart() : forcedStart;
    try (AvroRowReader table = AvroRowReader.open(source, schema, firstBlock, range.end())) {
      long firstRow = range.rowsBefore();
      long endRow = new TypedRecordReader(schema, table, firstRow, target).readAll();
      rows.flush();
      RecordSpan span = new RecordSpan(firstBlock, table.nextBlock(), endRow - firstRow);
      return new RangeOutcome(span, rows.ledger());
    }
  }

  private static void checkLength(ByteSource source, ByteRange range, long position)
      throws IOException {
    if (UncompressedStream.isCompressed(source)) {
      return;
    }
    if (position > source.size()) {
      throw new BadInputException(
          String.format(
              Locale.ROOT,
              "%s: became longer than %,d bytes while it was read, and the last record was not complete;"
                  + " start the run when the file is finished",
              source.name(),
              source.size()));
    }
    if (position < Math.min(range.end(), source.size())) {
      throw new BadInputException(
          String.format(
              Locale.ROOT,
              "%s: ends at byte %,d of %,d; it became shorter while it was read, so start the run again",
              source.name(),
              position,
              source.size()));
    }
  }
}
