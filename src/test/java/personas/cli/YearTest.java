package personas.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import personas.model.Model;
import personas.model.Model.ClusterModel;
import personas.model.TrainingContext.Retired;
import personas.model.compare.ClusterMatching.Change;
import personas.model.compare.Drift;
import personas.model.compare.Drift.PersonaDrift;
import personas.model.compare.DriftAdvice.Action;
import personas.model.compare.Migration;

/**
 * Weekly runs of a year, each from the model and the assignments of the week before: one persona
 * grows, one splits in two from week 18 to 24 (and the analyst asks for a fourth from week 25), one
 * fades from week 30 on and is gone in week 41 (and the analyst asks for three again).
 */
class YearTest {
  private static final int WEEKS = 52;
  private static final int FOUR_FROM = 25;
  private static final int THREE_FROM = 41;

  private static final String SPEC =
      """
      name: year
      input: {id: id}
      features: [{name: visits}, {name: orders}, {name: support}]
      personas:
        - {name: Regulars, profile: {visits: low, support: low}}
        - {name: Explorers, profile: {visits: high, support: moderate}}
        - {name: Callers, profile: {support: very_high}}
      """;

  @TempDir static Path folder;
  private static final List<Model> MODELS = new ArrayList<>();
  private static final List<Drift> DRIFTS = new ArrayList<>();

  /** The users of a week: each has a place of its own, and 5 % noise on it every week. */
  private static List<String> users(int week) {
    Random noise = new Random(1000 + week);
    List<String> lines = new ArrayList<>(List.of("id,visits,orders,support"));
    for (int i = 0; i < 100 + 2 * week; i++) {
      lines.add(user("regular-" + i, 10, 10, 5, noise));
    }
    double apart = Math.max(0, Math.min(1, (week - 17) / 7.0)) * 40;
    for (int i = 0; i < 120; i++) {
      lines.add(user("explorer-" + i, 50, 10 + (i % 2 == 0 ? apart : 0), 12, noise));
    }
    int callers = week < 30 ? 84 : Math.max(0, 84 - 7 * (week - 29));
    for (int i = 0; i < callers; i++) {
      lines.add(user("caller-" + i, 12, 40, 45, noise));
    }
    return lines;
  }

  private static String user(
      String id, double visits, double orders, double support, Random noise) {
    Random own = new Random(id.hashCode());
    StringBuilder line = new StringBuilder(id);
    for (double mean : new double[] {visits, orders, support}) {
      double habit = mean + 2 * own.nextGaussian();
      line.append(',').append(habit * (1 + 0.05 * noise.nextGaussian()));
    }
    return line.toString();
  }

  @BeforeAll
  static void runTheYear() throws IOException {
    Path spec = Files.writeString(folder.resolve("year.yaml"), SPEC);
    Path before = null;
    for (int week = 1; week <= WEEKS; week++) {
      Path input = Files.write(folder.resolve("users.csv"), users(week));
      int k = week >= FOUR_FROM && week < THREE_FROM ? 4 : 3;
      List<String> flags =
          new ArrayList<>(List.of("--spec=" + spec, "--input=" + input, "--k=" + k));
      flags.add("--runner=DirectRunner");
      flags.add("--slots=1");
      flags.add("--restarts=4");
      if (before != null) {
        flags.add("--previousModel=" + before.resolve("model.json"));
        flags.add("--previousAssignments=" + before + "/assignments-*.csv");
      }
      before = folder.resolve("week-" + week);
      Run run = Run.segment(before, flags.toArray(String[]::new)).succeeded();
      MODELS.add(run.model());
      DRIFTS.add(week == 1 ? null : run.drift());
    }
  }

  private static Model week(int week) {
    return MODELS.get(week - 1);
  }

  private static Drift drift(int week) {
    return DRIFTS.get(week - 1);
  }

  private static List<String> names(Model model) {
    return model.clusters().stream().map(c -> c.id() + " " + c.persona()).toList();
  }

  private static List<String> changes(int week) {
    return drift(week).personas().stream()
        .filter(p -> p.change() == Change.NEW || p.change() == Change.RETIRED)
        .map(p -> p.id() + " " + p.change())
        .toList();
  }

  @Test
  void idsReadSensiblyToTheEnd() {
    assertEquals(List.of("0 Regulars", "1 Explorers", "2 Callers"), names(week(1)));
    for (int week = 2; week <= WEEKS; week++) {
      List<String> expected =
          week == FOUR_FROM
              ? List.of("3 NEW")
              : week == THREE_FROM ? List.of("2 RETIRED") : List.of();
      assertEquals(expected, changes(week), "week " + week);
    }
    assertEquals(List.of(0, 1, 3), week(WEEKS).clusters().stream().map(ClusterModel::id).toList());
    assertEquals(List.of(2), week(WEEKS).handover().retired().stream().map(Retired::id).toList());
    assertEquals(4, week(WEEKS).handover().nextId());
  }

  /** An id means the same people all year: nobody who stays put is told of a change for nothing. */
  @Test
  void aNameChangesOnlyWhereThatIsReported() {
    Map<Integer, TreeSet<String>> names = new TreeMap<>();
    for (int week = 1; week <= WEEKS; week++) {
      for (ClusterModel cluster : week(week).clusters()) {
        names.computeIfAbsent(cluster.id(), id -> new TreeSet<>()).add(cluster.persona());
      }
      if (week > 1) {
        Map<Integer, String> before = new TreeMap<>();
        week(week - 1).clusters().forEach(c -> before.put(c.id(), c.persona()));
        for (PersonaDrift persona : drift(week).personas()) {
          boolean renamed =
              persona.change() != Change.NEW && !persona.persona().equals(before.get(persona.id()));
          assertEquals(renamed, persona.previousPersona() != null, "week " + week);
        }
      }
    }
    System.out.println("names over the year: " + names);
    assertEquals(new TreeSet<>(List.of("Regulars")), names.get(0));
    assertEquals(new TreeSet<>(List.of("Explorers")), names.get(1));
    assertTrue(names.get(2).size() == 1 && names.get(3).size() <= 2, names.toString());
  }

  @Test
  void theMatrixOfEveryWeekCloses() {
    for (int week = 2; week <= WEEKS; week++) {
      Migration migration = drift(week).migration();
      assertEquals(week(week - 1).ledger().assigned(), migration.before());
      assertEquals(week(week).ledger().assigned(), migration.now());
      assertEquals(migration.before() + migration.joiners(), migration.now() + migration.leavers());
      for (int j = 0; j < migration.columns().size(); j++) {
        long users = migration.joined().get(j);
        for (Migration.Row row : migration.rows()) {
          users += row.users().get(j);
        }
        assertEquals(week(week).clusters().get(j).users(), users);
      }
      assertEquals(
          migration.changed(), migration.changedByUsers() + migration.changedByCentroids());
    }
  }

  @Test
  void theAdviceTellsTheStory() {
    Map<Action, Integer> advice = new TreeMap<>();
    for (int week = 2; week <= WEEKS; week++) {
      advice.merge(drift(week).advice(), 1, Integer::sum);
      if (week < 17) {
        assertEquals(Action.KEEP, drift(week).advice(), "week " + week + drift(week).reason());
      }
    }
    System.out.println("advice over the year: " + advice);
    assertEquals(Action.REVIEW, drift(FOUR_FROM).advice());
    assertTrue(drift(FOUR_FROM).reason().startsWith("new: "), drift(FOUR_FROM).reason());
    // The split: sixty users get a persona of their own, and it is the centroids that did it.
    assertEquals(60, drift(FOUR_FROM).migration().changedByCentroids());
    assertEquals(Action.REVIEW, drift(THREE_FROM).advice());
    assertTrue(drift(THREE_FROM).reason().contains("retired: "), drift(THREE_FROM).reason());
    assertTrue(advice.get(Action.KEEP) >= 40, advice.toString());
  }

  /** Seven callers fewer each week: from a fifth of them on, keep is the wrong advice. */
  @Test
  void theAdviceSeesThatAPersonasUsersLeave() {
    for (int week = 31; week < THREE_FROM; week++) {
      Drift drift = drift(week);
      PersonaDrift callers =
          drift.personas().stream().filter(p -> p.id() == 2).findFirst().orElseThrow();
      int before = 84 - 7 * (week - 30);
      assertEquals(7.0 / before, callers.left(), "week " + week);
      boolean isFifth = 7 * 5 >= before;
      assertEquals(isFifth ? Action.REVIEW : Action.KEEP, drift.advice(), "week " + week);
      if (isFifth) {
        assertEquals("share lost by Callers (2)", drift.decidedBy().figure(), "week " + week);
      }
    }
  }
}
