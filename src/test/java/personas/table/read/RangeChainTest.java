package personas.table.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import personas.feature.Feature;
import personas.feature.UserSchema;
import personas.table.InputFormat;
import personas.table.MemorySource;
import personas.table.RangeBoundaries;
import personas.table.RangeOutcome;
import personas.table.ReadingLaws;
import personas.table.RecordSpan;
import personas.table.bytes.ByteRange;

/** Checks how ranges that start inside quotes are resolved. {@link ReadingLaws} covers any text. */
class RangeChainTest {
  private static final long MEGABYTE = 1 << 20;

  private static RangeBoundaries range(long start, long end, RecordSpan... spans) {
    return new RangeBoundaries(new ByteRange("file", start, end), "result", List.of(spans));
  }

  /** Every second range starts in a quoted field; one record covers a whole range. */
  @Test
  void aWrongAssumptionIsReplacedByTheOneThatTheRangeBeforeLeadsTo() throws IOException {
    List<RangeBoundaries> ranges =
        List.of(
            range(0, 100, new RecordSpan(10, 120)),
            range(100, 200, new RecordSpan(105, 210), new RecordSpan(120, 230)),
            range(200, 300, new RecordSpan(230, 310), new RecordSpan(210, 305)),
            range(300, 400, new RecordSpan(320, 405), new RecordSpan(310, 520)),
            range(400, 500, new RecordSpan(404, 505)),
            range(500, 600, new RecordSpan(520, 600)));
    List<RangeBoundaries> shuffled = new ArrayList<>(ranges);
    Collections.shuffle(shuffled, new Random(3));
    List<RangeChain.Link> links =
        RangeChain.settle(
            shuffled,
            (range, start) -> {
              throw new IllegalStateException("an assumption foresaw it");
            });
    List<Long> starts = links.stream().map(RangeChain.Link::firstRecordStart).toList();
    assertEquals(List.of(10L, 120L, 230L, 310L, 520L, 520L), starts);
    List<Boolean> misread = links.stream().map(RangeChain.Link::isMisread).toList();
    assertEquals(List.of(false, true, false, true, true, false), misread);
  }

  @Test
  void aRangeThatNoAssumptionForesawIsScanned() throws IOException {
    List<RangeChain.Link> links =
        RangeChain.settle(
            List.of(
                range(0, 100, new RecordSpan(0, 104)),
                range(100, 200, new RecordSpan(110, 210), new RecordSpan(120, 220)),
                range(200, 300, new RecordSpan(207, 300))),
            (range, start) -> {
              assertEquals(104, start);
              return new RecordSpan(start, 207);
            });
    assertEquals(207, links.get(2).firstRecordStart());
    assertEquals(false, links.get(2).isMisread());
  }

  /** 16,384 ranges of 64 MB: what one worker holds of a terabyte. */
  @Test
  void aTerabyteIsSettledInLittleMemory() throws IOException {
    long length = 64 * MEGABYTE;
    int count = 1 << 14;
    System.gc();
    long before = used();
    List<RangeBoundaries> ranges = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      long start = i * length;
      String result = String.format("/staging/ranges/%036d.range", i);
      ranges.add(
          new RangeBoundaries(
              new ByteRange("/data/a-terabyte.csv", start, start + length),
              result,
              List.of(
                  new RecordSpan(start + 5, start + length + 5),
                  new RecordSpan(start + 9, start + length + 9))));
    }
    List<RangeChain.Link> links =
        RangeChain.settle(
            ranges,
            (range, start) -> {
              throw new IllegalStateException("an assumption foresaw it");
            });
    long held = used() - before;
    assertEquals(count, links.size());
    System.out.println("a terabyte in ranges of 64 MB settles in " + held / MEGABYTE + " MB");
    assertTrue(held < 100 * MEGABYTE, held + " bytes");
  }

  private static long used() {
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  /** Texts of several lines, so that most ranges start inside a quoted field. */
  @Test
  void oneAssumptionIsRightForNearlyEveryRangeOfTextsOfSeveralLines() throws IOException {
    Random random = new Random(11);
    StringBuilder csv = new StringBuilder("id,a,note\n");
    for (int i = 0; i < 3_000; i++) {
      csv.append("u").append(i).append(",").append(i % 7).append(",\"");
      for (int line = random.nextInt(6); line > 0; line--) {
        csv.append("some \"\"words\"\", and\n");
      }
      csv.append("the end\"\n");
    }
    byte[] bytes = csv.toString().getBytes(StandardCharsets.UTF_8);
    MemorySource source = new MemorySource("texts.csv", bytes);
    UserSchema schema = new UserSchema("id", List.of(Feature.of("a")), List.of("note"));
    FileHeader header = FileHeader.read(source, schema, InputFormat.CSV);
    RangeReader reader = new RangeReader(schema, header, 1 << 10);
    List<RangeBoundaries> ranges = new ArrayList<>();
    for (ByteRange range : RangeSplitter.split("texts.csv", bytes.length, true, 499)) {
      RangeOutcome read = reader.read(source, range, -1, shard -> {}, rejection -> {});
      List<RecordSpan> spans = new ArrayList<>(List.of(read.span()));
      spans.addAll(reader.otherSpans(source, range, read.span()));
      ranges.add(new RangeBoundaries(range, "", spans));
    }
    int[] scanned = {0};
    List<RangeChain.Link> links =
        RangeChain.settle(
            ranges,
            (range, start) -> {
              scanned[0]++;
              return reader.span(source, range.range(), start);
            });
    long misread = links.stream().filter(RangeChain.Link::isMisread).count();
    System.out.println(
        ranges.size() + " ranges: " + misread + " misread, " + scanned[0] + " scanned in a row");
    assertTrue(misread > ranges.size() / 4, misread + " misread");
    assertTrue(scanned[0] < ranges.size() / 50, scanned[0] + " scanned");
  }
}
