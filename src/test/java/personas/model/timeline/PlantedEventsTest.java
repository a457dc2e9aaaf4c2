package personas.model.timeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import personas.model.timeline.TimelineEvent.Kind;

/**
 * Checks planted events in populations whose personas overlap: every tenth user is on the wrong
 * side, and some users change sides every week. The timeline finds each event in its week, and
 * nothing else.
 */
class PlantedEventsTest {
  private static final int WEEKS = 20;
  private static final int WEEK = 11;
  private static final int USERS = 450;
  private static final double[][] NEAR = {{10, 10, 10}, {16, 10, 10}, {13, 16, 10}};

  /** The place of a user in a week; null if the user is not there. */
  private interface Population extends BiFunction<Integer, Integer, double[]> {}

  private static Timeline timeline(Population population, BiFunction<Integer, Integer, Integer> k) {
    Random random = new Random(5);
    SimulatedRuns runs = new SimulatedRuns(3, true);
    for (int week = 1; week <= WEEKS; week++) {
      SortedMap<String, double[]> users = new TreeMap<>();
      for (int user = 0; user < 2 * USERS; user++) {
        double[] center = population.apply(user, week);
        Random own = new Random(user);
        if (center != null) {
          double[] place = center.clone();
          for (int f = 0; f < place.length; f++) {
            place[f] += 2 * own.nextGaussian() + 0.7 * random.nextGaussian();
          }
          users.put("user-" + user, place);
        }
      }
      runs.add(week, users, k.apply(week, 3));
    }
    return TimelineBuilder.of(runs.runs());
  }

  private static double[] usual(int user, int week) {
    return user < USERS ? NEAR[user % 3] : null;
  }

  private static List<String> told(Timeline timeline) {
    return timeline.events().stream()
        .map(event -> timeline.runs().get(event.run()).folder() + " " + event.kind())
        .toList();
  }

  @Test
  void aSplit() {
    double[] away = {16, 10, 30};
    Timeline timeline =
        timeline(
            (user, week) ->
                week >= WEEK && user < USERS && user % 6 == 1 ? away : usual(user, week),
            (week, k) -> week >= WEEK ? 4 : k);
    assertTrue(told(timeline).contains("week-11 SPLIT"), timeline.events().toString());
    TimelineEvent split = event(timeline, Kind.SPLIT);
    // Half of the persona went, but for those who were on the wrong side.
    assertEquals(0.5, split.figure(), 0.1);
    assertTrue(split.limit() < 0.1 && split.chance() < 1e-20, split.toString());
  }

  @Test
  void aMerge() {
    Timeline timeline =
        timeline(
            (user, week) ->
                week >= WEEK && user < USERS && user % 3 == 2 ? NEAR[0] : usual(user, week),
            (week, k) -> week >= WEEK ? 2 : k);
    assertTrue(told(timeline).contains("week-11 MERGE"), timeline.events().toString());
    TimelineEvent merge = event(timeline, Kind.MERGE);
    assertTrue(merge.figure() > 0.8 && merge.chance() < 1e-20, merge.toString());
    assertEquals(1, timeline.events().stream().filter(e -> e.kind() == Kind.MERGE).count());
  }

  @Test
  void aFlow() {
    Timeline timeline =
        timeline(
            (user, week) ->
                week >= WEEK && user < USERS && user % 9 == 0 ? NEAR[1] : usual(user, week),
            (week, k) -> k);
    assertTrue(told(timeline).contains("week-11 FLOW"), timeline.events().toString());
    assertEquals(1, timeline.events().stream().filter(e -> e.kind() == Kind.FLOW).count());
    assertEquals(1 / 3.0, event(timeline, Kind.FLOW).figure(), 0.1);
  }

  /** All personas grow by a third in one week: one event of all users, and none of a persona. */
  @Test
  void growthOfAllUsers() {
    Timeline timeline =
        timeline(
            (user, week) -> user < USERS * (week >= WEEK ? 4 : 3) / 3 ? NEAR[user % 3] : null,
            (week, k) -> k);
    assertEquals(List.of("week-11 GROWTH"), told(timeline));
    assertEquals(null, timeline.events().get(0).persona());
    assertEquals(4 / 3.0, timeline.events().get(0).figure());
  }

  /** A third more users of one persona, in eight weeks: found when they are a quarter more. */
  @Test
  void slowGrowthOfOnePersona() {
    Timeline timeline =
        timeline(
            (user, week) ->
                user < USERS + Math.max(0, Math.min(8, week - 5)) * 15
                    ? NEAR[user < USERS ? user % 3 : 0]
                    : null,
            (week, k) -> k);
    List<TimelineEvent> growth =
        timeline.events().stream()
            .filter(event -> event.kind() == Kind.GROWTH && event.persona() != null)
            .toList();
    assertTrue(!growth.isEmpty(), timeline.events().toString());
    // 15 users a week from week 6 on, of 150: a quarter is 37.5 users, and chance a little more.
    int week = Integer.parseInt(timeline.runs().get(growth.get(0).run()).folder().substring(5));
    assertTrue(week >= 8 && week <= 10, "week " + week);
  }

  @Test
  void usersWhoChangeSidesAreNotAnEvent() {
    Timeline whole = timeline(PlantedEventsTest::usual, (week, k) -> k);
    assertEquals(List.of(), whole.events());
    assertEquals(List.of(), whole.gaps());
    assertTrue(whole.flows().size() > 20, whole.flows().size() + " flows");
  }

  private static TimelineEvent event(Timeline timeline, Kind kind) {
    return timeline.events().stream().filter(e -> e.kind() == kind).findFirst().orElseThrow();
  }
}
