package personas.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import personas.feature.Feature;
import personas.feature.UserSchema;
import personas.table.bytes.ByteRange;
import personas.table.bytes.ByteSource;
import personas.table.ledger.BadInputException;
import personas.table.ledger.RejectReason;
import personas.table.read.FileHeader;
import personas.table.read.RangeReader;
import personas.table.read.RangeSplitter;
import personas.table.record.RecordBuffer;

class LongLineTest {
  private static final long LONG = 100_000_000;
  private static final UserSchema SCHEMA =
      new UserSchema("id", List.of(Feature.of("a")), List.of());

  /** {@code head}, so many of x, {@code tail}, of which nothing is held; counts what is read. */
  private record LongSource(String name, String head, long exes, String tail, AtomicLong read)
      implements ByteSource {
    LongSource(String name, String head, String tail) {
      this(name, head, LONG, tail, new AtomicLong());
    }

    @Override
    public long size() {
      return head.length() + exes + tail.length();
    }

    @Override
    public InputStream open(long position) {
      long before = Math.min(position, head.length());
      long inside = Math.min(position - before, exes);
      long behind = position - before - inside;
      return new SequenceInputStream(
          Collections.enumeration(
              List.of(
                  bytes(head.substring((int) before)),
                  new Exes(exes - inside, read),
                  bytes(tail.substring((int) behind)))));
    }

    private static InputStream bytes(String text) {
      return new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
    }
  }

  private static final class Exes extends InputStream {
    private final AtomicLong count;
    private long left;

    Exes(long left, AtomicLong count) {
      this.left = left;
      this.count = count;
    }

    @Override
    public int read() {
      throw new AssertionError("is read in blocks");
    }

    @Override
    public int read(byte[] bytes, int from, int most) {
      if (left <= 0) {
        return -1;
      }
      int length = (int) Math.min(left, most);
      java.util.Arrays.fill(bytes, from, from + length, (byte) 'x');
      left -= length;
      this.count.addAndGet(length);
      return length;
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"u1,", "\"u1"})
  void aLineOf100MegabytesIsOneRejectionInBoundedMemory(String start) throws IOException {
    String head = "id,a\nu0,1\n" + start;
    check(new LongSource("x.csv", head, "\nu2,2\n"), InputFormat.CSV, 10, start.startsWith("\""));
  }

  @Test
  void aLongLineOfJsonIsOneRejectionToo() throws IOException {
    String head = "{\"id\":\"u0\",\"a\":1}\n{\"id\":\"";
    check(
        new LongSource("x.jsonl", head, "\"}\n{\"id\":\"u2\",\"a\":2}\n"),
        InputFormat.JSONL,
        18,
        false);
  }

  /** Each range reads the longest line that there may be, and not to the end of the line. */
  @ParameterizedTest
  @CsvSource({"CSV, 'id,a\nu0,1\nu1,'", "CSV, 'id,a\n\"u1'", "JSONL, '{\"id\":\"'"})
  void aLineOf5GigabytesIsRefusedAndNoRangeReadsMoreThanALine(InputFormat format, String head)
      throws IOException {
    LongSource source = new LongSource("x.txt", head, 5_000_000_000L, "\nu2,2\n", new AtomicLong());
    FileHeader header = FileHeader.read(source, SCHEMA, format);
    RangeReader reader = new RangeReader(SCHEMA, header, 100);
    List<ByteRange> ranges = RangeSplitter.of(source, SCHEMA, format, 1 << 24);
    for (int i : new int[] {0, 1, 150, ranges.size() - 15}) {
      source.read().set(0);
      String message =
          assertThrows(
                  BadInputException.class,
                  () -> reader.read(source, ranges.get(i), -1, shard -> {}, rejection -> {}))
              .getMessage();
      assertTrue(message.startsWith("x.txt: no line ends between bytes "), message);
      assertTrue(message.contains("a line has at most 134,217,728 bytes"), message);
      assertTrue(source.read().get() < (1 << 27) + (1 << 22), source.read() + " bytes read");
    }
  }

  @Test
  void aLineOfTheGreatestLengthIsRejectedAndALongerOneRefused() throws IOException {
    String head = "id,a\n";
    for (int exes : new int[] {100, 101}) {
      LongSource source = new LongSource("x.csv", head, exes, "\nu2,2\n", new AtomicLong());
      Reading.Way way = new Reading.Way(new RecordBuffer.Limits(16, 50, 100), 10);
      for (long cut = 1; cut < source.size(); cut++) {
        long at = cut;
        if (exes == 100) {
          Reading reading = Reading.cut(source, SCHEMA, InputFormat.CSV, way, at);
          assertEquals(List.of("u2|2.0"), reading.users());
          assertEquals(1, reading.rejections().size());
        } else {
          assertThrows(
              BadInputException.class, () -> Reading.cut(source, SCHEMA, InputFormat.CSV, way, at));
        }
      }
    }
  }

  private static void check(
      ByteSource source, InputFormat format, long position, boolean insideQuotes)
      throws IOException {
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
    Reading reading = Reading.whole(source, SCHEMA, format, Reading.Way.DEFAULT);
    long allocated = threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
    assertEquals(List.of("u0|1.0", "u2|2.0"), reading.users());
    RejectReason reason = insideQuotes ? RejectReason.BROKEN_QUOTE : RejectReason.RECORD_TOO_LONG;
    assertEquals(1, reading.rejections().size());
    String rejection = reading.rejections().get(0);
    assertTrue(rejection.contains(", position=" + position + ", "), rejection);
    assertTrue(rejection.contains("], reason=" + reason + ", "), rejection);
    assertTrue(rejection.length() < 400, "the excerpt is bounded");
    assertTrue(allocated < 16 << 20, allocated + " bytes allocated");
  }
}
