package personas.math;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Hashes that random draws come from, so that none depends on a thread, a shard or a clock. */
public final class Hashing {
  private Hashing() {}

  /** A hash of bytes: MurmurHash3 (A. Appleby, 2011), the first 64 of its 128 bits, then mixed. */
  public static long hash64(long seed, byte[] bytes, int from, int to) {
    return mix(seed, Murmur3.hash64(bytes, from, to));
  }

  /** A hash of a number. */
  public static long mix(long seed, long value) {
    return finish(finish(value + SplitMix64.GAMMA) ^ finish(seed));
  }

  /** The SHA-256 of bytes, in hexadecimal digits. */
  public static String sha256(byte[] bytes) {
    return HexFormat.of().formatHex(newSha256().digest(bytes));
  }

  /** A fresh computation of a SHA-256. */
  public static MessageDigest newSha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** A number in [0, 1) from the upper 53 bits. */
  public static double uniform(long hash) {
    return (hash >>> 11) * 0x1p-53;
  }

  /**
   * The first bits of a hash as a number in {@code [0, parts)}.
   *
   * @param parts a power of two
   */
  public static int firstBits(long hash, int parts) {
    return parts == 1 ? 0 : (int) (hash >>> (Long.SIZE - Integer.numberOfTrailingZeros(parts)));
  }

  /** The finaliser of SplitMix64 (variant 13 of D. Stafford). */
  static long finish(long value) {
    long mixed = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }
}
