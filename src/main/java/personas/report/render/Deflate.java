package personas.report.render;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.zip.Adler32;

/**
 * Bytes compressed in the zlib format (RFC 1950 and 1951) with fixed Huffman codes. {@code
 * java.util.zip.Deflater} compresses better, but by the zlib of the machine, so that pictures would
 * not be the same bytes everywhere.
 */
final class Deflate {
  private static final int WINDOW = 1 << 15;
  private static final int SHORTEST = 3;
  private static final int LONGEST = 258;
  private static final int HASH_BITS = 15;
  private static final int END_OF_BLOCK = 256;

  // Lengths and distances as RFC 1951, 3.2.5 has them: the first of each code and its extra bits.
  private static final int[] LENGTHS = bases(28, 3, 4);
  private static final int[] DISTANCES = bases(30, 1, 2);

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private int bits;
  private int bitCount;

  /** By hash: where three bytes stood last. */
  private final int[] latest = new int[1 << HASH_BITS];

  private Deflate() {}

  /** The first value of each code: codes come in groups that double in width. */
  private static int[] bases(int codes, int first, int perGroup) {
    int[] bases = new int[codes];
    int next = first;
    for (int code = 0; code < codes; code++) {
      bases[code] = next;
      next += 1 << extraBits(code, perGroup);
    }
    return bases;
  }

  private static int extraBits(int code, int perGroup) {
    return Math.max(0, code / perGroup - 1);
  }

  /** The zlib stream of some bytes. */
  static byte[] zlib(byte[] bytes) {
    Deflate deflate = new Deflate();
    deflate.out.write(0x78);
    deflate.out.write(0x01);
    deflate.block(bytes);
    Adler32 sum = new Adler32();
    sum.update(bytes);
    for (int shift = 24; shift >= 0; shift -= 8) {
      deflate.out.write((int) (sum.getValue() >> shift));
    }
    return deflate.out.toByteArray();
  }

  /** One block, the last one, with the fixed codes. */
  private void block(byte[] bytes) {
    put(1, 1);
    put(1, 2);
    Arrays.fill(latest, -1);
    int at = 0;
    while (at < bytes.length) {
      at += step(bytes, at);
    }
    putLiteral(END_OF_BLOCK);
    put(0, (8 - bitCount) % 8);
  }

  /**
   * Puts what comes next, and returns how many bytes that is. A method of its own: a loop that is
   * entered but once waits for its compilation longer than one that is called again and again.
   */
  private int step(byte[] bytes, int at) {
    int found = at + SHORTEST <= bytes.length ? latest[hash(bytes, at)] : -1;
    int length = found >= 0 && at - found <= WINDOW ? common(bytes, found, at) : 0;
    int step = length >= SHORTEST ? length : 1;
    if (step > 1) {
      putLength(length);
      putDistance(at - found);
    } else {
      putLiteral(bytes[at] & 0xFF);
    }
    // In a run of one byte all have the same hash: its last place is the latest.
    int first = step > 1 && found == at - 1 ? at + step - SHORTEST : at;
    int last = Math.min(at + step - 1, bytes.length - SHORTEST);
    for (int i = first; i <= last; i++) {
      latest[hash(bytes, i)] = i;
    }
    return step;
  }

  private static int hash(byte[] bytes, int at) {
    int three = (bytes[at] & 0xFF) | ((bytes[at + 1] & 0xFF) << 8) | ((bytes[at + 2] & 0xFF) << 16);
    return (three * 0x9E3779B1) >>> (32 - HASH_BITS);
  }

  private static int common(byte[] bytes, int from, int at) {
    int most = Math.min(LONGEST, bytes.length - at);
    int length = Arrays.mismatch(bytes, from, from + most, bytes, at, at + most);
    return length < 0 ? most : length;
  }

  private void putLength(int length) {
    if (length == LONGEST) {
      putLiteral(285);
      return;
    }
    int code = code(LENGTHS, length);
    putLiteral(257 + code);
    put(length - LENGTHS[code], extraBits(code, 4));
  }

  private void putDistance(int distance) {
    int code = code(DISTANCES, distance);
    putCode(code, 5);
    put(distance - DISTANCES[code], extraBits(code, 2));
  }

  private static int code(int[] bases, int value) {
    int found = Arrays.binarySearch(bases, value);
    return found >= 0 ? found : -found - 2;
  }

  /** The fixed code of RFC 1951, 3.2.6. */
  private void putLiteral(int symbol) {
    if (symbol < 144) {
      putCode(0x30 + symbol, 8);
    } else if (symbol < 256) {
      putCode(0x190 + symbol - 144, 9);
    } else if (symbol < 280) {
      putCode(symbol - 256, 7);
    } else {
      putCode(0xC0 + symbol - 280, 8);
    }
  }

  /** Huffman codes go in with their highest bit first, all else with the lowest. */
  private void putCode(int code, int length) {
    put(Integer.reverse(code) >>> (32 - length), length);
  }

  private void put(int value, int count) {
    bits |= value << bitCount;
    bitCount += count;
    while (bitCount >= 8) {
      out.write(bits & 0xFF);
      bits >>>= 8;
      bitCount -= 8;
    }
  }
}
