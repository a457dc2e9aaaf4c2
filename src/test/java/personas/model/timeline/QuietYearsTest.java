package personas.model.timeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Checks twenty years of weekly runs with only random changes: values of users vary from week to
 * week, users come and go, and in some years no user is in two runs. The timeline shows no event in
 * any year.
 */
class QuietYearsTest {
  private static final int WEEKS = 52;
  private static final int USERS = 300;

  /** Clearly apart, and so near that every tenth user is on the wrong side. */
  private static final double[][] APART = {{10, 10, 5}, {50, 10, 12}, {12, 40, 45}};

  private static final double[][] NEAR = {{10, 10, 10}, {16, 10, 10}, {13, 16, 10}};

  /**
   * One year.
   *
   * @param turnover the share of the users that others replace each week
   * @param noise of a value from week to week, beside the place of the user
   */
  private static List<PastRun> year(double[][] personas, double turnover, double noise, int seed) {
    Random random = new Random(seed);
    SortedMap<String, double[]> places = new TreeMap<>();
    int joined = 0;
    SimulatedRuns runs = new SimulatedRuns(personas.length, turnover < 1);
    for (int week = 1; week <= WEEKS; week++) {
      places.keySet().removeIf(id -> random.nextDouble() < turnover);
      while (places.size() < USERS) {
        places.put(
            "user-" + joined++, around(personas[random.nextInt(personas.length)], 2, random));
      }
      SortedMap<String, double[]> users = new TreeMap<>();
      places.forEach((id, place) -> users.put(id, around(place, noise, random)));
      runs.add(week, users);
    }
    return runs.runs();
  }

  private static double[] around(double[] place, double deviation, Random random) {
    double[] point = place.clone();
    for (int f = 0; f < point.length; f++) {
      point[f] += deviation * random.nextGaussian();
    }
    return point;
  }

  @Test
  void twentyQuietYearsHaveNoEvent() {
    List<String> events = new ArrayList<>();
    long flows = 0;
    for (int seed = 0; seed < 5; seed++) {
      for (double[][] personas : List.of(APART, NEAR)) {
        for (double turnover : new double[] {0.02, seed < 3 ? 0.2 : 1}) {
          Timeline timeline = TimelineBuilder.of(year(personas, turnover, 1, 100 + seed));
          for (TimelineEvent event : timeline.events()) {
            events.add(seed + " " + personas[1][0] + " " + turnover + ": " + event);
          }
          flows += timeline.flows().size();
        }
      }
    }
    System.out.println("quiet years: " + flows + " flows of at least 1%, events " + events.size());
    assertEquals(List.of(), events);
    // It is not for want of users who go from one persona to another.
    assertTrue(flows > 1_000, flows + " flows");
  }

  /**
   * One round heap that every run cuts into three parts anew, another way each time: a third of the
   * users change their persona in a week, and resampling gives as many.
   */
  @Test
  void aHeapThatIsCutAnewEachWeekHasNoEvent() {
    Random random = new Random(9);
    SortedMap<String, double[]> users = new TreeMap<>();
    for (int i = 0; i < USERS; i++) {
      users.put("user-" + i, around(new double[] {0, 0}, 1, random));
    }
    SimulatedRuns runs = new SimulatedRuns(3, true).freshEachWeek();
    for (int week = 1; week <= WEEKS; week++) {
      runs.add(week, users);
    }
    Timeline timeline = TimelineBuilder.of(runs.runs());
    long large = timeline.flows().stream().filter(flow -> flow.share() >= 0.2).count();
    assertTrue(large > 30, large + " large flows");
    assertEquals(List.of(), timeline.events());
  }
}
