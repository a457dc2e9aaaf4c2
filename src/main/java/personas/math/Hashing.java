package personas.math;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Hash functions. Random draws are made from hashes, so that no draw depends on a thread, a shard
 * or a clock.
 */
public final class Hashing {
  private Hashing() {}

  /**
   * Returns a hash of {@code bytes[from..to)}: the first 64 bits of the 128-bit MurmurHash3 (A.
   * Appleby, 2011), mixed with the seed.
   */
  public static long hash64(long seed, byte[] bytes, int from, int to) {
    return mix(seed, Murmur3.hash64(bytes, from, to));
  }

  /** Returns a hash of a number and a seed. */
  public static long mix(long seed, long value) {
    return finish(finish(value + SplitMix64.GAMMA) ^ finish(seed));
  }

  /** Returns the SHA-256 of bytes as 64 hexadecimal digits. */
  public static String sha256(byte[] bytes) {
    return HexFormat.of().formatHex(newSha256().digest(bytes));
  }

  /** Returns a new SHA-256 digest. */
  public static MessageDigest newSha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(
          "this JDK lacks SHA-256, which the Java platform requires", e);
    }
  }

  /** Returns the upper 53 bits of a hash as a number in [0, 1). */
  public static double uniform(long hash) {
    return (hash >>> 11) * 0x1p-53;
  }

  /**
   * Returns the first bits of a hash as a number in {@code [0, parts)}.
   *
   * @param parts a power of two
   */
  public static int firstBits(long hash, int parts) {
    return parts == 1 ? 0 : (int) (hash >>> (Long.SIZE - Integer.numberOfTrailingZeros(parts)));
  }

  /** Applies the finalizer of {@link SplitMix64} (variant 13 of D. Stafford, 2011). */
  static long finish(long value) {
    long mixed = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }
}
