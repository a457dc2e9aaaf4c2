package personas.model.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MigrationCountsTest {
  private static final long[] BEFORE = {40, 300, 7};

  private static MigrationCounts any(Random random) {
    MigrationCounts counts = new MigrationCounts(BEFORE, 4);
    for (int i = random.nextInt(100); i > 0; i--) {
      int from = random.nextInt(3);
      counts.addReturningUser(from, random.nextBoolean(), random.nextInt(4));
      counts.addNewUser(random.nextInt(4));
      counts.addCause(random.nextBoolean());
    }
    return counts;
  }

  private static MigrationCounts sum(List<MigrationCounts> parts) {
    MigrationCounts sum = new MigrationCounts(BEFORE, 4);
    parts.forEach(sum::merge);
    return sum;
  }

  @Test
  void mergesInAnyOrderAndGrouping() {
    long seed = 23;
    Random random = new Random(seed);
    for (int round = 0; round < 50; round++) {
      List<MigrationCounts> parts = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        parts.add(any(random));
      }
      MigrationCounts whole = sum(parts);
      MigrationCounts grouped = sum(List.of(sum(parts.subList(0, 2)), sum(parts.subList(2, 6))));
      assertEquals(whole, grouped, "seed " + seed);
      Collections.shuffle(parts, random);
      assertEquals(whole, sum(parts), "seed " + seed);
      assertEquals(whole, sum(List.of(whole.empty(), whole)));
    }
  }

  @Test
  void comesBackFromItsBytes() throws IOException {
    MigrationCounts counts = any(new Random(4));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    counts.write(new DataOutputStream(bytes));
    assertEquals(
        counts,
        MigrationCounts.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()))));
  }

  @Test
  void aUserOfTwoRowsStaysOnce() {
    MigrationCounts counts = new MigrationCounts(new long[] {2, 1}, 1);
    counts.addReturningUser(0, true, 0);
    counts.addReturningUser(0, false, 0);
    assertEquals(2, counts.users(0, 0));
    assertEquals(1, counts.leavers(0));
    assertEquals(1, counts.leavers(1));
  }
}
