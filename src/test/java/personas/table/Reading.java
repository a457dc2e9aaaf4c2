package personas.table;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import personas.feature.UserSchema;
import personas.feature.moments.Moments;
import personas.feature.shard.Shard;
import personas.table.bytes.ByteRange;
import personas.table.bytes.ByteSource;
import personas.table.ledger.RecordPlace;
import personas.table.ledger.Rejection;
import personas.table.ledger.SourceLedger;
import personas.table.ledger.ValueCounts;
import personas.table.read.FileHeader;
import personas.table.read.RangeChain;
import personas.table.read.RangeReader;
import personas.table.read.RangeSplitter;
import personas.table.record.RecordBuffer;
import personas.text.CsvBuffer;

/**
 * Everything that reading a source gives, as texts that tests compare: users and rejections in the
 * order of the file, the ledger, and the moments.
 */
public record Reading(
    List<String> users, List<String> rejections, SourceLedger ledger, Moments moments) {

  /** How a test reads: what a result must not depend on. */
  public record Way(RecordBuffer.Limits limits, int maxShardRows) {
    public static final Way DEFAULT = new Way(RecordBuffer.Limits.DEFAULT, 1 << 18);

    static Way ofWindow(int windowBytes) {
      return new Way(new RecordBuffer.Limits(windowBytes, 1 << 20), 1 << 18);
    }
  }

  /** Requires that each record that was read is a user or a rejection. */
  void assertEveryRecordCounts() {
    assertEquals(users.size(), ledger.accepted());
    assertEquals(ledger.read(), users.size() + (long) rejections.size());
  }

  /** Reads a source as one range. */
  public static Reading whole(ByteSource source, UserSchema schema, InputFormat format, Way way)
      throws IOException {
    return of(
        source, schema, format, way, List.of(new ByteRange(source.name(), 0, Long.MAX_VALUE)));
  }

  /** Reads a source in ranges that end at {@code cuts}, and chains them as the pipeline does. */
  static Reading cut(
      ByteSource source, UserSchema schema, InputFormat format, Way way, long... cuts)
      throws IOException {
    List<ByteRange> ranges = new ArrayList<>();
    long start = 0;
    for (long cut : cuts) {
      ranges.add(new ByteRange(source.name(), start, cut));
      start = cut;
    }
    ranges.add(new ByteRange(source.name(), start, source.size()));
    return of(
        source,
        schema,
        format,
        way,
        format == InputFormat.AVRO ? RangeSplitter.withUnknownRows(ranges) : ranges);
  }

  public static Reading of(
      ByteSource source, UserSchema schema, InputFormat format, Way way, List<ByteRange> ranges)
      throws IOException {
    FileHeader header = FileHeader.read(source, schema, format);
    RangeReader reader = new RangeReader(schema, header, way.maxShardRows(), way.limits());
    List<Long> none = schema.features().stream().map(f -> 0L).toList();
    Reading all =
        new Reading(
            new ArrayList<>(),
            new ArrayList<>(),
            new SourceLedger(0, new TreeMap<>(), ValueCounts.ofImputed(none)),
            new Moments(none.size()));
    Map<ByteRange, Part> parts = new HashMap<>();
    List<RangeBoundaries> boundaries = new ArrayList<>();
    for (ByteRange range : ranges) {
      Part part = part(reader, schema, source, range, -1);
      parts.put(range, part);
      List<RecordSpan> spans = new ArrayList<>(List.of(part.outcome.span()));
      spans.addAll(reader.otherSpans(source, range, part.outcome.span()));
      boundaries.add(new RangeBoundaries(range, "", spans));
    }
    long lines = 0;
    for (RangeChain.Link link :
        RangeChain.settle(
            boundaries, (range, start) -> reader.span(source, range.range(), start))) {
      ByteRange range = link.range().range();
      Part part =
          link.isMisread()
              ? part(
                  reader,
                  schema,
                  source,
                  range.withRowsBefore(link.rowsBefore()),
                  link.firstRecordStart())
              : parts.get(range);
      boolean hasIds = schema.idColumn() != null;
      for (String user : part.users) {
        all.users.add(hasIds ? user : behind(user, lines));
      }
      for (Rejection rejection : part.rejections) {
        all.rejections.add(behind(rejection, lines).toString());
      }
      lines += part.outcome.lines();
      all.moments.merge(part.moments);
      SourceLedger ledger = all.ledger.plus(part.outcome.ledger());
      all = new Reading(all.users, all.rejections, ledger, all.moments);
    }
    return all;
  }

  /** A user without an id, who is known by the line, behind so many lines of earlier ranges. */
  private static String behind(String user, long lines) {
    int end = user.indexOf('|') < 0 ? user.length() : user.indexOf('|');
    return Long.parseLong(user.substring(0, end)) + lines + user.substring(end);
  }

  private static Rejection behind(Rejection rejection, long lines) {
    RecordPlace place = rejection.place();
    return place.line() == RecordPlace.NO_LINE
        ? rejection
        : new Rejection(
            new RecordPlace(place.source(), place.position(), place.isRow(), place.line() + lines),
            rejection.reason(),
            rejection.field(),
            rejection.excerpt(),
            rejection.value());
  }

  private record Part(
      RangeOutcome outcome, List<String> users, List<Rejection> rejections, Moments moments) {}

  private static Part part(
      RangeReader reader, UserSchema schema, ByteSource source, ByteRange range, long start)
      throws IOException {
    Moments moments = new Moments(schema.features().size());
    List<String> users = new ArrayList<>();
    List<Rejection> rejections = new ArrayList<>();
    RangeOutcome outcome =
        reader.read(
            source,
            range,
            start,
            shard -> {
              double[][] columns = new double[shard.features()][];
              Arrays.setAll(columns, shard::column);
              moments.add(schema, columns, shard.rows());
              for (int row = 0; row < shard.rows(); row++) {
                users.add(user(shard, row));
              }
            },
            rejections::add);
    return new Part(outcome, users, rejections, moments);
  }

  /** {@code id|value|value|pass-through}, as CSV writes them, line ends and tabs escaped. */
  public static String user(Shard shard, int row) {
    CsvBuffer out = new CsvBuffer();
    shard.appendId(row, out);
    for (int f = 0; f < shard.features(); f++) {
      out.appendAscii("|" + shard.column(f)[row]);
    }
    CsvBuffer copied = new CsvBuffer();
    shard.appendPassThrough(row, copied);
    String passThrough = new String(copied.toByteArray(), StandardCharsets.UTF_8);
    return (new String(out.toByteArray(), StandardCharsets.UTF_8)
            + (passThrough.isEmpty() ? "" : "|" + passThrough.substring(1)))
        .replace("\n", "\\n")
        .replace("\r", "\\r")
        .replace("\t", "\\t");
  }
}
