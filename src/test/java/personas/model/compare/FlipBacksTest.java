package personas.model.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Compares counts of flip-backs with a plain replay of each user under each margin. */
class FlipBacksTest {
  private static final int RUNS = 9;

  /** What a run recorded of a user; null in a list stands for a run without the user. */
  private record Recorded(int nearest, int second, double margin) {}

  private static List<Recorded> user(SplittableRandom random) {
    List<Recorded> runs = new ArrayList<>();
    for (int run = 0; run < RUNS; run++) {
      int nearest = random.nextInt(3);
      int second = (nearest + 1 + random.nextInt(2)) % 3;
      // Every fourth margin is one of the grid.
      double margin = random.nextInt(4) == 0 ? random.nextInt(65) / 64.0 : random.nextDouble();
      runs.add(random.nextInt(12) == 0 ? null : new Recorded(nearest, second, margin));
    }
    return runs;
  }

  private static void add(List<Recorded> runs, FlipBacks counts) {
    int[] nearest = new int[runs.size()];
    int[] second = new int[runs.size()];
    int[] steps = new int[runs.size()];
    for (int i = 0; i < runs.size(); i++) {
      Recorded each = runs.get(i);
      nearest[i] = each == null ? FlipBacks.NONE : each.nearest();
      second[i] = each == null ? FlipBacks.NONE : each.second();
      steps[i] = each == null ? 0 : FlipBacks.steps(each.margin());
    }
    counts.add(nearest, second, steps);
  }

  /** The clusters of a user under a margin; null in a run without the user. */
  private static List<Integer> replayed(List<Recorded> runs, double margin) {
    List<Integer> clusters = new ArrayList<>();
    for (Recorded run : runs) {
      Integer last = clusters.isEmpty() ? null : clusters.get(clusters.size() - 1);
      if (run == null) {
        clusters.add(null);
      } else if (last != null && last == run.second() && run.margin() <= margin) {
        clusters.add(last);
      } else {
        clusters.add(run.nearest());
      }
    }
    return clusters;
  }

  private static long flips(List<Integer> clusters) {
    long count = 0;
    for (int i = 2; i < clusters.size(); i++) {
      List<Integer> three = clusters.subList(i - 2, i + 1);
      boolean isThere = !three.contains(null);
      count +=
          isThere && three.get(0).equals(three.get(2)) && !three.get(0).equals(three.get(1))
              ? 1
              : 0;
    }
    return count;
  }

  @Test
  void equalsAReplayOfEachUser() throws IOException {
    SplittableRandom random = new SplittableRandom(3);
    FlipBacks counts = new FlipBacks();
    FlipBacks left = new FlipBacks();
    FlipBacks right = new FlipBacks();
    long[] expected = new long[FlipBacks.STEPS + 1];
    long triples = 0;
    for (int user = 0; user < 2_000; user++) {
      List<Recorded> runs = user(random);
      add(runs, counts);
      add(runs, user % 2 == 0 ? left : right);
      for (int step = 0; step <= FlipBacks.STEPS; step++) {
        expected[step] += flips(replayed(runs, step / 64.0));
      }
      for (int i = 2; i < RUNS; i++) {
        triples += runs.subList(i - 2, i + 1).contains(null) ? 0 : 1;
      }
    }
    for (int step = 0; step <= FlipBacks.STEPS; step++) {
      assertEquals(expected[step], counts.flips(step), "step " + step);
    }
    assertEquals(triples, counts.triples());
    right.merge(left);
    assertEquals(counts, right);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    counts.write(new DataOutputStream(bytes));
    assertEquals(
        counts, FlipBacks.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()))));
  }

  @Test
  void theSmallestMarginThatKeepsTheShareIsChosen() {
    FlipBacks counts = new FlipBacks();
    // Ten users flip back if the margin is below 1/64, 2/64, ... 10/64.
    for (int step = 1; step <= 10; step++) {
      counts.add(new int[] {0, 1, 0}, new int[] {1, 0, 1}, new int[] {64, step, 64});
    }
    assertEquals(10, counts.triples());
    assertEquals(10, counts.flips(0));
    assertEquals(0, counts.choose(1));
    assertEquals(8, counts.choose(0.2));
    assertEquals(9, counts.choose(0.19));
    assertEquals(10, counts.choose(0));
    // A user whose cluster is neither of the nearest two changes under every margin.
    counts.add(new int[] {0, 1, 0}, new int[] {1, 2, 2}, new int[] {64, 1, 1});
    assertEquals(1, counts.flips(FlipBacks.STEPS));
    assertEquals(10, counts.choose(0), "the smallest margin with the fewest flip-backs");
    assertTrue(Arrays.stream(new int[] {0, 1, 64}).allMatch(s -> FlipBacks.steps(s / 64.0) == s));
    assertEquals(2, FlipBacks.steps(Math.nextUp(1 / 64.0)));
  }
}
