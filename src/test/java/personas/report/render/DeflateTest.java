package personas.report.render;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.junit.jupiter.api.Test;

/** What it compresses, the JDK's inflater gives back. */
class DeflateTest {
  private static byte[] inflated(byte[] zlib, int length) throws DataFormatException {
    Inflater inflater = new Inflater();
    inflater.setInput(zlib);
    byte[] bytes = new byte[length];
    assertEquals(length, inflater.inflate(bytes));
    assertEquals(0, inflater.inflate(new byte[1]));
    assertTrue(inflater.finished());
    inflater.end();
    return bytes;
  }

  private static void comesBack(byte[] bytes, String what) throws DataFormatException {
    assertArrayEquals(bytes, inflated(Deflate.zlib(bytes), bytes.length), what);
  }

  @Test
  void anyBytesComeBack() throws DataFormatException {
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      byte[] bytes = new byte[random.nextInt(5_000)];
      int values = 1 + random.nextInt(256);
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = (byte) random.nextInt(values);
      }
      comesBack(bytes, "seed " + seed);
    }
  }

  @Test
  void runsOfEveryLengthComeBack() throws DataFormatException {
    for (int length = 0; length < 600; length++) {
      comesBack(new byte[length], "length " + length);
    }
  }

  @Test
  void repeatsFromEveryDistanceComeBack() throws DataFormatException {
    byte[] phrase = {9, 8, 7, 6, 5, 4, 3, 2, 1};
    for (int gap : new int[] {0, 1, 2, 3, 4, 60, 500, 4_000, 32_000, 32_759, 32_760, 40_000}) {
      byte[] bytes = new byte[gap + 2 * phrase.length];
      new Random(gap).nextBytes(bytes);
      System.arraycopy(phrase, 0, bytes, 0, phrase.length);
      System.arraycopy(phrase, 0, bytes, phrase.length + gap, phrase.length);
      comesBack(bytes, "gap " + gap);
    }
  }

  @Test
  void evenBytesBecomeFew() {
    byte[] white = new byte[1 << 20];
    Arrays.fill(white, (byte) 255);
    assertTrue(Deflate.zlib(white).length < 8_000);
  }
}
