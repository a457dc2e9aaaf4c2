package personas.math;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.LongStream;
import org.apache.commons.codec.digest.MurmurHash3;
import org.junit.jupiter.api.Test;

class HashingTest {
  private static final long SEED = 42;

  private static long hash(long seed, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return Hashing.hash64(seed, bytes, 0, bytes.length);
  }

  @Test
  void bytesHashByThePublishedMurmur3() {
    assertEquals(Hashing.mix(SEED, 0xcbd8a7b341bd9b02L), hash(SEED, "hello"));
    assertEquals(
        Hashing.mix(SEED, 0xe34bbc7bbc071b6cL),
        hash(SEED, "The quick brown fox jumps over the lazy dog"));
    assertEquals(Hashing.mix(SEED, 0), hash(SEED, ""));
  }

  @Test
  void aPartOfABufferHashesAsTheBytesAlone() {
    byte[] buffer = "u-1,user_00042,7".getBytes(StandardCharsets.UTF_8);
    assertEquals(hash(SEED, "user_00042"), Hashing.hash64(SEED, buffer, 4, 14));
  }

  @Test
  void bytesOfAnyLengthHashAsThoseOfCommonsCodec() {
    byte[] bytes = new byte[100];
    SplitMix64 random = new SplitMix64(SEED);
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) random.nextLong();
    }
    for (int from = 0; from < bytes.length; from++) {
      for (int to = from; to <= bytes.length; to++) {
        assertEquals(
            MurmurHash3.hash128x64(bytes, from, to - from, 0)[0],
            Murmur3.hash64(bytes, from, to),
            from + ".." + to);
      }
    }
  }

  @Test
  void theGeneratorGivesThePublishedNumbers() {
    SplitMix64 random = new SplitMix64(1_234_567);
    long[] published = {
      6457827717110365317L,
      3203168211198807973L,
      Long.parseUnsignedLong("9817491932198370423"),
      4593380528125082431L,
      Long.parseUnsignedLong("16408922859458223821")
    };
    assertArrayEquals(published, LongStream.generate(random::nextLong).limit(5).toArray());
  }

  /** Every sample and every draw of every saved model hangs on these. */
  @Test
  void theHashesNeverChange() {
    assertEquals(0x48218226ff3cd4bfL, Hashing.mix(0, 0));
    assertEquals(0x8929ad0d47d6e1a6L, Hashing.mix(42, 0));
    assertEquals(0xd258fcec39dc573fL, Hashing.mix(42, 1));
    assertEquals(0x5345e8e717b8e5dbL, Hashing.mix(-1, 7));
    assertEquals(0x04fe351ac0c07aafL, hash(42, "hello"));
    SplitMix64 random = new SplitMix64(1_234_567);
    assertEquals(6457827717110365317L >>> 11, random.nextDouble() * 0x1p53);
    assertEquals((int) (((3203168211198807973L >>> 32) * 1000) >>> 32), random.nextInt(1000));
  }

  @Test
  void uniformStaysBelowOne() {
    assertEquals(0, Hashing.uniform(0));
    assertEquals(1 - 0x1p-53, Hashing.uniform(-1));
    assertEquals(0.5, Hashing.uniform(Long.MIN_VALUE));
  }

  @Test
  void hashesOfCountedIdsAreSpreadEvenly() {
    int[] buckets = new int[64];
    int users = 64_000;
    for (int i = 0; i < users; i++) {
      buckets[(int) (Hashing.uniform(hash(SEED, "user_" + i)) * buckets.length)]++;
    }
    assertEven(buckets, users, "seed " + SEED);
  }

  @Test
  void seedsAndValuesGiveHashesOfTheirOwn() {
    Set<Long> hashes = new HashSet<>();
    for (long seed = 0; seed < 300; seed++) {
      for (long value = 0; value < 300; value++) {
        hashes.add(Hashing.mix(seed, value));
      }
    }
    assertEquals(90_000, hashes.size());
  }

  @Test
  void drawsBelowABoundAreEven() {
    for (int bound : new int[] {1, 3, 64, 100}) {
      SplitMix64 random = new SplitMix64(SEED);
      int[] buckets = new int[bound];
      for (int i = 0; i < 1_000 * bound; i++) {
        buckets[random.nextInt(bound)]++;
      }
      assertEven(buckets, 1_000 * bound, "bound " + bound + ", seed " + SEED);
    }
    SplitMix64 random = new SplitMix64(SEED);
    for (int i = 0; i < 1_000; i++) {
      int drawn = random.nextInt(Integer.MAX_VALUE);
      assertTrue(drawn >= 0 && drawn < Integer.MAX_VALUE);
    }
  }

  @Test
  void aBoundBelowOneIsRefused() {
    SplitMix64 random = new SplitMix64(SEED);
    for (int bound : new int[] {0, -1}) {
      IllegalArgumentException refused =
          assertThrows(IllegalArgumentException.class, () -> random.nextInt(bound));
      assertEquals("bound: " + bound + " is below 1", refused.getMessage());
    }
  }

  /** Pearson's chi-square within five of its standard deviations. */
  private static void assertEven(int[] buckets, int draws, String where) {
    double expected = (double) draws / buckets.length;
    double chiSquare = 0;
    for (int count : buckets) {
      chiSquare += (count - expected) * (count - expected) / expected;
    }
    double freedom = buckets.length - 1.0;
    assertTrue(Math.abs(chiSquare - freedom) <= 5 * Math.sqrt(2 * freedom), where);
  }
}
