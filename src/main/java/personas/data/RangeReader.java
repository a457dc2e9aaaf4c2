package personas.data;

import java.io.IOException;
import java.io.InputStream;

/** Reads the records of one byte range into shards. */
public final class RangeReader {
  private final UserSchema schema;
  private final InputFormat format;
  private final Header header;
  private final int maxShardRows;

  /** Takes a full shard. */
  public interface ShardConsumer {
    void accept(Shard shard) throws IOException;
  }

  /** Takes a record that is no user. */
  public interface RejectionConsumer {
    void accept(Rejection rejection) throws IOException;
  }

  public RangeReader(UserSchema schema, InputFormat format, Header header, int maxShardRows) {
    this.schema = schema;
    this.format = format;
    this.header = header;
    this.maxShardRows = maxShardRows;
  }

  /**
   * Reads the records whose first byte lies in the range.
   *
   * @param forcedStart where the first record starts; or -1: then the range assumes that it does
   *     not start inside a quoted field and looks for the first line itself. Whether that was right
   *     shows when the range before it has said where its last record ended
   * @throws BadInputException where the file cannot be read on, a damaged gzip file for one
   */
  public RangeOutcome read(
      ByteSource source,
      ByteRange range,
      long forcedStart,
      ShardConsumer shards,
      RejectionConsumer rejections)
      throws IOException {
    boolean first = range.start() <= header.dataStart() && forcedStart < 0;
    boolean compressed = source.name().endsWith(".gz");
    long openAt = first ? header.dataStart() : forcedStart >= 0 ? forcedStart : range.start() - 1;
    if (first && range.end() <= header.dataStart()) {
      // A range within the header line, and another one will start behind it.
      return new RangeOutcome(
          header.dataStart(), header.dataStart(), new UserRows(schema, shards, 1).ledger());
    }
    try (InputStream in = Header.openPlain(source, compressed ? 0 : openAt)) {
      if (compressed) {
        in.skipNBytes(openAt);
      }
      RecordBuffer buffer = new RecordBuffer(in, openAt);
      if (!first && forcedStart < 0) {
        buffer.skipLine();
      }
      UserRows rows = new UserRows(schema, shards, maxShardRows);
      long firstRecordStart = buffer.position();
      RecordReader reader =
          format == InputFormat.CSV
              ? new CsvRecords(source.name(), schema, header, buffer, rows, rejections)
              : new JsonLines(source.name(), schema, buffer, rows, rejections);
      reader.readUntil(range.end());
      rows.flush();
      return new RangeOutcome(firstRecordStart, buffer.position(), rows.ledger());
    } catch (java.util.zip.ZipException | java.io.EOFException e) {
      throw new BadInputException(
          source.name() + ": is damaged or truncated gzip: " + e.getMessage(), e);
    }
  }

  /** Reads records of one format. */
  interface RecordReader {
    /** Reads the records that start before {@code end}. */
    void readUntil(long end) throws IOException;
  }
}
