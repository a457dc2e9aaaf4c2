package personas.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LongLineTest {
  private static final long LONG = 100_000_000;
  private static final UserSchema SCHEMA =
      new UserSchema("id", List.of(Feature.of("a")), List.of());

  /** {@code head}, 100 MB of x, {@code tail}, of which nothing is held. */
  private record LongSource(String name, String head, String tail) implements ByteSource {
    @Override
    public long size() {
      return head.length() + LONG + tail.length();
    }

    @Override
    public InputStream open(long position) throws IOException {
      InputStream in =
          new SequenceInputStream(
              Collections.enumeration(List.of(bytes(head), new Exes(), bytes(tail))));
      in.skipNBytes(position);
      return in;
    }

    private static InputStream bytes(String text) {
      return new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
    }
  }

  private static final class Exes extends InputStream {
    private long left = LONG;

    @Override
    public int read() {
      return left-- > 0 ? 'x' : -1;
    }

    @Override
    public int read(byte[] bytes, int from, int length) {
      if (left <= 0) {
        return -1;
      }
      int count = (int) Math.min(left, length);
      java.util.Arrays.fill(bytes, from, from + count, (byte) 'x');
      left -= count;
      return count;
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"u1,", "\"u1"})
  void aLineOf100MegabytesIsOneRejectionInBoundedMemory(String start) throws IOException {
    String head = "id,a\nu0,1\n" + start;
    check(new LongSource("x.csv", head, "\nu2,2\n"), InputFormat.CSV, 10, start.startsWith("\""));
  }

  @Test
  void soItIsInJsonLines() throws IOException {
    String head = "{\"id\":\"u0\",\"a\":1}\n{\"id\":\"";
    check(
        new LongSource("x.jsonl", head, "\"}\n{\"id\":\"u2\",\"a\":2}\n"),
        InputFormat.JSONL,
        18,
        false);
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
    assertTrue(rejection.contains("position=" + position + ", reason=" + reason), rejection);
    assertTrue(rejection.length() < 400, "the excerpt is bounded");
    assertTrue(allocated < 16 << 20, allocated + " bytes allocated");
  }
}
