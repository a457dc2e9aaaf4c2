package personas.feature.shard;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import personas.math.SplitMix64;

class UserSampleTest {
  private static final long SEED = 11;
  private static final int D = 2;

  private record User(long hash, double first, double second) {
    double[] raw() {
      return new double[] {first, second};
    }
  }

  /** Users of which some share a hash, some also the values. */
  private static User[] users(int n) {
    SplitMix64 random = new SplitMix64(SEED);
    User[] users = new User[n];
    for (int i = 0; i < n; i++) {
      long hash = random.nextInt(4) == 0 ? random.nextInt(8) - 4 : random.nextLong();
      double second = random.nextInt(5) == 0 ? Double.NaN : random.nextInt(3) - 1;
      users[i] = new User(hash, random.nextInt(2) - 0.5, second);
    }
    return users;
  }

  private static UserSample of(int capacity, User... users) {
    UserSample sample = new UserSample(capacity, D);
    for (int i = 0; i < users.length; i++) {
      double[][] columns = new double[D][users.length];
      columns[0][i] = users[i].first;
      columns[1][i] = users[i].second;
      sample.add(users[i].hash, columns, i);
    }
    return sample;
  }

  /** All users sorted, and the first of them. */
  private static double[][] smallest(int capacity, User[] users) {
    Comparator<User> byHash = (a, b) -> Long.compareUnsigned(a.hash, b.hash);
    return Arrays.stream(users)
        .sorted(byHash.thenComparing(User::raw, Arrays::compare))
        .limit(capacity)
        .map(User::raw)
        .toArray(double[][]::new);
  }

  @Test
  void theSampleIsTheUsersWithTheSmallestHashes() {
    User[] users = users(400);
    for (int capacity : new int[] {1, 7, 60, 399, 400, 1_000}) {
      UserSample sample = of(capacity, users);
      assertArrayEquals(smallest(capacity, users), sample.rows(), "seed " + SEED);
      assertEquals(Math.min(capacity, 400), sample.size());
    }
  }

  @Test
  void theFirstOfASampleAreTheSmallerSample() {
    User[] users = users(400);
    for (int capacity : new int[] {1, 7, 60, 200}) {
      assertEquals(of(capacity, users), of(200, users).first(capacity), "seed " + SEED);
    }
  }

  @Test
  void orderAndGroupingDoNotMatter() throws IOException {
    User[] users = users(300);
    for (int capacity : new int[] {1, 50, 500}) {
      UserSample all = of(capacity, users);
      for (int part = 0; part < 3; part++) {
        UserSample merged = new UserSample(capacity, D);
        for (int step : new int[] {0, 2, 1}) {
          merged.merge(of(capacity, every(users, 3, (part + step) % 3)));
        }
        merged.merge(new UserSample(capacity, D));
        assertEquals(all, merged, "capacity " + capacity + ", seed " + SEED);
        assertEquals(all.hashCode(), merged.hashCode());
        assertArrayEquals(bytes(all), bytes(merged), "capacity " + capacity + ", seed " + SEED);
      }
    }
  }

  private static User[] every(User[] users, int parts, int part) {
    return IntStream.range(0, users.length)
        .filter(i -> i % parts == part)
        .mapToObj(i -> users[users.length - 1 - i])
        .toArray(User[]::new);
  }

  @Test
  void usersThatAreAlikeAllCount() {
    User twin = new User(3, 1, 2);
    assertEquals(2, of(5, twin, twin).size());
    UserSample sample = of(5, twin);
    sample.merge(of(5, twin));
    assertArrayEquals(new double[][] {{1, 2}, {1, 2}}, sample.rows());
  }

  @Test
  void hashesAreUnsignedAndPartOfTheSample() {
    UserSample sample = of(1, new User(-1, 9, 9), new User(1, 4, 4));
    assertArrayEquals(new double[][] {{4, 4}}, sample.rows());
    assertNotEquals(of(1, new User(1, 4, 4)), of(1, new User(2, 4, 4)));
  }

  @Test
  void aSampleThatWasWrittenIsReadBackAndTheFormNeverChanges() throws IOException {
    UserSample sample = of(3, new User(-1, 1, Double.NaN));
    assertEquals(
        "00000003" // capacity
            + "00000002" // d
            + "00000001" // users
            + "ffffffffffffffff" // hash
            + "3ff0000000000000" // 1
            + "7ff8000000000000", // missing
        HexFormat.of().formatHex(bytes(sample)));
    for (UserSample each : List.of(sample, new UserSample(3, D), of(20, users(300)))) {
      assertEquals(
          each, UserSample.read(new DataInputStream(new ByteArrayInputStream(bytes(each)))));
    }
  }

  @Test
  void changingAReturnedRowLeavesTheSample() {
    UserSample sample = of(3, new User(1, 1, 2));
    sample.rows()[0][0] = 77;
    assertArrayEquals(new double[][] {{1, 2}}, sample.rows());
  }

  private static UserSample weighted(int capacity, int from, int to, int[] weights) {
    UserSample sample = new UserSample(capacity, 1);
    double[][] columns = {new double[to]};
    for (int i = from; i < to; i++) {
      columns[0][i] = i;
      sample.add(new SplitMix64(i).nextLong(), weights[i], columns, i);
    }
    return sample;
  }

  /** The rows of a sample for each record. */
  private static double[] copies(UserSample sample, int records) {
    double[] copies = new double[records];
    for (double[] row : sample.rows()) {
      copies[(int) row[0]]++;
    }
    return copies;
  }

  @Test
  void aRecordIsAsManyUsersAsItsWeightSays() {
    int[] weights = {0, 1, 2, 5, 0, 40};
    UserSample sample = weighted(48, 0, weights.length, weights);
    assertArrayEquals(new double[] {0, 1, 2, 5, 0, 40}, copies(sample, weights.length));
    UserSample one = new UserSample(4, 1);
    one.add(9, 1, new double[][] {{3}}, 0);
    UserSample plain = new UserSample(4, 1);
    plain.add(9, new double[][] {{3}}, 0);
    assertEquals(plain, one);
  }

  /** Among n sampled users of N, those of a record of weight w are about n w / N. */
  @Test
  void aSampleOfWeightedRecordsIsEvenAndDependsOnNoSplit() {
    int records = 2_000;
    int[] weights = new SplittableRandom(SEED).ints(records, 0, 20).toArray();
    weights[17] = 1_000_000;
    weights[18] = Integer.MAX_VALUE;
    weights[19] = Integer.MAX_VALUE;
    int capacity = 4_000;
    UserSample whole = weighted(capacity, 0, records, weights);
    UserSample parts = weighted(capacity, 1_000, records, weights);
    parts.merge(weighted(capacity, 0, 18, weights));
    parts.merge(weighted(capacity, 18, 1_000, weights));
    assertEquals(whole, parts);
    double[] copies = copies(whole, records);
    assertEquals(capacity, whole.size());
    // Two standard deviations of a binomial of 4,000 and a half are 63.
    assertEquals(2_000, copies[18], 130);
    assertEquals(2_000, copies[19], 130);
    weights[18] = 19_000;
    weights[19] = 0;
    weights[17] = 0;
    double users = Arrays.stream(weights).asLongStream().sum();
    double[] even = copies(weighted(capacity, 0, records, weights), records);
    assertEquals(capacity * 19_000 / users, even[18], 130);
    double light = 0;
    double lightUsers = 0;
    for (int i = 0; i < records; i++) {
      light += weights[i] <= 10 ? even[i] : 0;
      lightUsers += weights[i] <= 10 ? weights[i] : 0;
    }
    assertEquals(capacity * lightUsers / users, light, 130);
  }

  @Test
  void refusesAnEmptySample() {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> new UserSample(0, D));
    assertEquals("capacity: 0 is below 1", refused.getMessage());
  }

  private static byte[] bytes(UserSample sample) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    sample.write(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }
}
