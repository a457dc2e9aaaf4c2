package personas.feature.shard;

import java.io.Serializable;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A digest of a set of records that does not depend on their order: the number of records, and the
 * sum of their SHA-256 hashes modulo 2²⁵⁶. Digests can be merged in any order. Merging an empty
 * digest changes nothing.
 *
 * <p>The sum is AdHash (M. Bellare, D. Micciancio, <i>A new paradigm for collision-free hashing:
 * incrementality at reduced cost</i>, 1997). The probability that an accidental change stays
 * undetected is 2⁻²⁵⁶. The sum does not protect against an attacker who can invent thousands of
 * records: the generalized birthday attack (D. Wagner, <i>A generalized birthday problem</i>, 2002)
 * finds two sets with equal sums in about 2³² steps. Sums that withstand the attack have 2,048 bits
 * and cost eight times as much.
 */
public final class RecordDigest implements Serializable {
  private static final long serialVersionUID = 1;

  /** The size of the hash of one record. */
  static final int HASH_BYTES = 32;

  private static final int WORDS = HASH_BYTES / Long.BYTES;
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private long records;

  /** The sum in 64-bit words, the highest first. */
  private final long[] sum = new long[WORDS];

  /**
   * Adds a record.
   *
   * @param hash the {@value #HASH_BYTES} bytes of the SHA-256 of the record
   */
  void add(byte[] hash) {
    long carry = 0;
    for (int word = WORDS - 1; word >= 0; word--) {
      carry = addTo(word, (long) LONGS.get(hash, word * Long.BYTES), carry);
    }
    records++;
  }

  /** Adds the records of another digest, which does not change. */
  public void merge(RecordDigest other) {
    long carry = 0;
    for (int word = WORDS - 1; word >= 0; word--) {
      carry = addTo(word, other.sum[word], carry);
    }
    records += other.records;
  }

  /** Adds to one word and returns the carry to the next higher word, 0 or 1. */
  private long addTo(int word, long summand, long carry) {
    long previous = sum[word];
    long sumWithoutCarry = previous + summand;
    long sumWithCarry = sumWithoutCarry + carry;
    sum[word] = sumWithCarry;
    boolean overflows =
        Long.compareUnsigned(sumWithoutCarry, previous) < 0
            || Long.compareUnsigned(sumWithCarry, sumWithoutCarry) < 0;
    return overflows ? 1 : 0;
  }

  /** Returns the number of records. */
  public long records() {
    return records;
  }

  /** Returns the sum as 64 hexadecimal digits. */
  public String hex() {
    StringBuilder hex = new StringBuilder();
    for (long word : sum) {
      hex.append(HexFormat.of().toHexDigits(word));
    }
    return hex.toString();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RecordDigest that
        && records == that.records
        && Arrays.equals(sum, that.sum);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(sum);
  }
}
