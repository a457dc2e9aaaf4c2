package personas.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class Utf8Test {
  private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
  private final CharBuffer decoded = CharBuffer.allocate(8);

  private void check(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    decoded.clear();
    boolean expected = !decoder.reset().decode(ByteBuffer.wrap(bytes), decoded, true).isError();
    assertEquals(expected, Utf8.isValid(bytes, 0, bytes.length), () -> Arrays.toString(values));
  }

  @Test
  void agreesWithTheJdkOnAllPairsAndOnAllThatMattersOfThreeAndFour() {
    int[] borders = {0x00, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC2, 0xE0, 0xFF};
    for (int first = 0; first < 256; first++) {
      check(first);
      for (int second = 0; second < 256; second++) {
        check(first, second);
        for (int third : borders) {
          check(first, second, third);
          for (int fourth : borders) {
            check(first, second, third, fourth);
          }
        }
      }
    }
  }
}
