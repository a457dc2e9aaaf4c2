package personas.table.read;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import personas.feature.UserSchema;
import personas.feature.shard.Shard;
import personas.table.InputFormat;
import personas.table.bytes.ByteSource;
import personas.table.csv.CsvColumns;
import personas.table.csv.CsvLine;
import personas.table.csv.CsvRecordReader;
import personas.table.json.JsonColumns;
import personas.table.json.JsonLinesReader;
import personas.table.ledger.BadInputException;
import personas.table.ledger.RecordPlace;
import personas.table.ledger.RejectReason;
import personas.table.ledger.Rejection;
import personas.table.record.RecordBuffer;
import personas.table.record.RecordReader;
import personas.table.record.RecordTarget;
import personas.table.record.UserBuilder;
import personas.text.CsvBuffer;

/**
 * Reads one record from one message with the parsers, checks and limits of files. A message holds
 * one JSON object, in which line breaks are read as spaces, or one CSV record. An instance is not
 * thread-safe.
 */
public final class MessageReader {
  /** The columns of messages in CSV; null for messages in JSON. */
  private final CsvColumns csvColumns;

  private final CsvBuffer copied = new CsvBuffer();
  private final JsonColumns jsonColumns;

  /** The records of the current message, in order. */
  private final List<Content> contents = new ArrayList<>();

  /** One builder for all messages, because creating one takes longer than reading a message. */
  private final UserBuilder builder;

  /** What a message holds. */
  public sealed interface Content {}

  /**
   * The user of a message.
   *
   * @param shard a shard with one row
   * @param passThrough the texts of the pass-through columns, as {@code assignments-*.csv} has them
   */
  public record User(Shard shard, List<String> passThrough) implements Content {
    public User {
      passThrough = List.copyOf(passThrough);
    }
  }

  /** A message that does not hold a user, with the reason. */
  public record Rejected(Rejection rejection) implements Content {}

  /**
   * Creates a reader.
   *
   * @param columns the header line for messages in CSV; null for messages in JSON
   * @throws BadInputException if the header line lacks a column of the schema
   */
  public MessageReader(UserSchema schema, String columns) throws IOException {
    this.jsonColumns = JsonColumns.ofMessages(schema);
    this.builder = new UserBuilder(schema, shard -> contents.add(user(shard)), 1, new BitSet());
    this.csvColumns = columns == null ? null : csvColumns(schema, columns);
  }

  private static CsvColumns csvColumns(UserSchema schema, String columns) throws IOException {
    Line line = new Line("--columns", columns + "\n");
    return new CsvColumns(schema, FileHeader.read(line, schema, InputFormat.CSV).layout());
  }

  private record Line(String name, String text) implements ByteSource {
    @Override
    public long size() {
      return bytes().length;
    }

    @Override
    public InputStream open(long position) {
      int from = (int) position;
      return new ByteArrayInputStream(bytes(), from, bytes().length - from);
    }

    private byte[] bytes() {
      return text.getBytes(StandardCharsets.UTF_8);
    }
  }

  /**
   * Reads a message. A message without a record, or with text after the record, is rejected.
   *
   * @param source the source of the message for rejections, and for ids if the schema does not have
   *     an id column
   * @param position the position of the message in the source
   */
  public Content read(String source, long position, byte[] message) throws IOException {
    byte[] text = csvColumns == null ? onOneLine(message) : withoutBreaksAround(message);
    contents.clear();
    readRecords(source, position, text);
    boolean holdsOneRecord =
        contents.size() == 1 || (!contents.isEmpty() && contents.get(0) instanceof Rejected);
    if (holdsOneRecord) {
      return contents.get(0);
    }
    RejectReason reason = csvColumns == null ? RejectReason.NOT_JSON : RejectReason.FIELD_COUNT;
    return new Rejected(
        new Rejection(
            RecordPlace.ofText(source, position),
            reason,
            "",
            Rejection.excerpt(message, 0, message.length),
            ""));
  }

  private void readRecords(String source, long position, byte[] text) throws IOException {
    RecordBuffer buffer =
        // The window is one byte larger than the message, so that the parser sees the end.
        new RecordBuffer(
            source,
            new ByteArrayInputStream(text),
            position,
            new RecordBuffer.Limits(
                text.length + 1, RecordBuffer.Limits.DEFAULT.recordBytes(), Integer.MAX_VALUE));
    RecordTarget target =
        new RecordTarget(source, builder, rejection -> contents.add(new Rejected(rejection)));
    RecordReader reader =
        csvColumns == null
            ? new JsonLinesReader(jsonColumns, buffer, target)
            : new CsvRecordReader(csvColumns, buffer, target);
    reader.readUntil(Long.MAX_VALUE);
    builder.flush();
  }

  private User user(Shard shard) {
    copied.clear();
    shard.appendPassThrough(0, copied);
    String line = new String(copied.toByteArray(), StandardCharsets.UTF_8);
    return new User(shard, line.isEmpty() ? List.of() : CsvLine.split(line.substring(1), ','));
  }

  /** Replaces line breaks by spaces, because the parser reads one line. */
  private static byte[] onOneLine(byte[] message) {
    byte[] text = message.clone();
    for (int i = 0; i < text.length; i++) {
      if (text[i] == '\n' || text[i] == '\r') {
        text[i] = ' ';
      }
    }
    return text;
  }

  private static byte[] withoutBreaksAround(byte[] message) {
    int from = 0;
    int to = message.length;
    while (to > from && isBreak(message[to - 1])) {
      to--;
    }
    while (from < to && isBreak(message[from])) {
      from++;
    }
    return Arrays.copyOfRange(message, from, to);
  }

  private static boolean isBreak(byte b) {
    return b == '\n' || b == '\r';
  }
}
