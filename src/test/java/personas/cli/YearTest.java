package personas.cli;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import personas.model.Model;
import personas.model.Model.ClusterModel;
import personas.model.StickinessPrice;
import personas.model.TrainingContext.Retired;
import personas.model.compare.ClusterMatching.Change;
import personas.model.compare.Drift;
import personas.model.compare.Drift.PersonaDrift;
import personas.model.compare.DriftAdvice.Action;
import personas.model.compare.Migration;
import personas.model.timeline.Timeline;
import personas.model.timeline.TimelineEvent;
import personas.model.timeline.TimelineEvent.Kind;
import personas.report.terminal.TimelineSummary;

/**
 * Weekly runs of a year, each from the model and the assignments of the run before. One persona
 * grows all year. One splits in two from week 18 to 24 (and the analyst asks for a fourth persona
 * from week 25), and its halves come together again from week 31 on (and the analyst asks for three
 * from week 34). One fades from week 38 on and is gone in week 49 (and the analyst asks for two).
 * From week 43 to 46 everybody visits more often. The analyst gives a persona another name in week
 * 8, the column of the ids has another name from week 12 on, and nobody ran week 15.
 */
class YearTest {
  private static final int WEEKS = 52;
  private static final int RENAMED = 8;
  private static final int RENAMED_ID = 12;
  private static final int MISSED = 15;
  private static final int SPLIT = 25;
  private static final int MERGE = 34;
  private static final int FADE = 38;
  private static final int SEASON = 43;
  private static final int SEASON_ENDS = 47;
  private static final int GONE = 49;

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
  private static final SortedMap<Integer, Model> MODELS = new TreeMap<>();
  private static final SortedMap<Integer, Drift> DRIFTS = new TreeMap<>();
  private static Timeline timeline;
  private static String told;

  /** The users of a week: each has a place of its own, and 5 % noise on it every week. */
  private static List<String> users(int week) {
    Random noise = new Random(1000 + week);
    List<String> lines = new ArrayList<>();
    lines.add(idColumn(week) + ",visits,orders,support");
    double season = week >= SEASON && week < SEASON_ENDS ? 1.3 : 1;
    for (int i = 0; i < regulars(week); i++) {
      lines.add(user("regular-" + i, 10 * season, 10, 5, noise));
    }
    double apart = 40 * Math.min(between(0, (week - 17) / 7.0), between(0, (37 - week) / 7.0));
    for (int i = 0; i < 120; i++) {
      lines.add(user("explorer-" + i, 50 * season, 10 + (i % 2 == 0 ? apart : 0), 12, noise));
    }
    for (int i = 0; i < callers(week); i++) {
      lines.add(user("caller-" + i, 12 * season, 40, 45, noise));
    }
    return lines;
  }

  /** The spec as the analyst has it in a week: without callers, their profile goes too. */
  private static String spec(int week) {
    String spec = SPEC.replace("id: id", "id: " + idColumn(week));
    spec = week < RENAMED ? spec : spec.replace("name: Regulars", "name: Loyal");
    return week < GONE
        ? spec
        : spec.lines().filter(line -> !line.contains("Callers")).collect(joining("\n"));
  }

  private static String idColumn(int week) {
    return week < RENAMED_ID ? "id" : "user_id";
  }

  private static double between(double least, double value) {
    return Math.max(least, Math.min(1, value));
  }

  private static int regulars(int week) {
    return 100 + 2 * week;
  }

  private static int callers(int week) {
    return week < FADE ? 84 : Math.max(0, 84 - 7 * (week - FADE + 1));
  }

  private static int personas(int week) {
    return week >= GONE ? 2 : week >= SPLIT && week < MERGE ? 4 : 3;
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

  private static LocalDate date(int week) {
    return LocalDate.of(2026, 1, 5).plusWeeks(week - 1);
  }

  @BeforeAll
  static void runTheYear() throws IOException {
    Path spec = folder.resolve("year.yaml");
    Path before = null;
    for (int week = 1; week <= WEEKS; week++) {
      if (week == MISSED) {
        continue;
      }
      Files.writeString(spec, spec(week));
      Path input = Files.write(folder.resolve("users.csv"), users(week));
      List<String> flags =
          new ArrayList<>(List.of("--spec=" + spec, "--input=" + input, "--k=" + personas(week)));
      flags.add("--runner=DirectRunner");
      flags.add("--slots=1");
      flags.add("--restarts=4");
      flags.add("--dataDate=" + date(week));
      if (before != null) {
        flags.add("--previousModel=" + before.resolve("model.json"));
        flags.add("--previousAssignments=" + before + "/assignments-*.csv");
      }
      before = output(week);
      Run run = Run.segment(before, flags.toArray(String[]::new)).succeeded();
      MODELS.put(week, run.model());
      if (week > 1) {
        DRIFTS.put(week, run.drift());
      }
    }
    timeline = TimelineTest.of(folder + "/week-*", folder.resolve("timeline"));
    told = String.join("\n", new TimelineSummary(timeline).lines());
    System.out.println(told);
  }

  /** The folder of a week; the names are in the order of the weeks. */
  private static Path output(int week) {
    return folder.resolve(String.format(Locale.ROOT, "week-%02d", week));
  }

  private static Model week(int week) {
    return MODELS.get(week);
  }

  private static Drift drift(int week) {
    return DRIFTS.get(week);
  }

  private static Model before(int week) {
    return MODELS.get(MODELS.headMap(week).lastKey());
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
    Map<Integer, List<String>> expected =
        Map.of(SPLIT, List.of("3 NEW"), MERGE, List.of("3 RETIRED"), GONE, List.of("2 RETIRED"));
    for (int week : DRIFTS.keySet()) {
      assertEquals(expected.getOrDefault(week, List.of()), changes(week), "week " + week);
    }
    assertEquals(List.of(0, 1), week(WEEKS).clusters().stream().map(ClusterModel::id).toList());
    assertEquals(
        List.of(2, 3), week(WEEKS).training().retired().stream().map(Retired::id).toList());
    assertEquals(4, week(WEEKS).training().nextId());
  }

  /** An id means the same people all year: nobody who stays put is told of a change for nothing. */
  @Test
  void aNameChangesOnlyWhereThatIsReported() {
    Map<Integer, TreeSet<String>> names = new TreeMap<>();
    for (int week : MODELS.keySet()) {
      for (ClusterModel cluster : week(week).clusters()) {
        names.computeIfAbsent(cluster.id(), id -> new TreeSet<>()).add(cluster.persona());
      }
      if (week > 1) {
        Map<Integer, String> before = new TreeMap<>();
        before(week).clusters().forEach(c -> before.put(c.id(), c.persona()));
        for (PersonaDrift persona : drift(week).personas()) {
          boolean renamed =
              persona.change() != Change.NEW && !persona.persona().equals(before.get(persona.id()));
          assertEquals(renamed, persona.previousPersona() != null, "week " + week);
        }
      }
    }
    System.out.println("names over the year: " + names);
    assertEquals(new TreeSet<>(List.of("Loyal", "Regulars")), names.get(0));
    assertEquals(new TreeSet<>(List.of("Explorers")), names.get(1));
    assertTrue(names.get(2).size() == 1 && names.get(3).size() <= 2, names.toString());
  }

  @Test
  void theMatrixOfEveryWeekCloses() {
    for (int week : DRIFTS.keySet()) {
      Migration migration = drift(week).migration();
      assertEquals(before(week).ledger().assigned(), migration.before());
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
    for (int week : DRIFTS.keySet()) {
      advice.merge(drift(week).advice(), 1, Integer::sum);
      if (week < 17 && week != RENAMED) {
        assertEquals(Action.KEEP, drift(week).advice(), "week " + week + drift(week).reason());
      }
    }
    System.out.println("advice over the year: " + advice);
    assertEquals(Action.REVIEW, drift(SPLIT).advice());
    assertTrue(drift(SPLIT).reason().startsWith("new: "), drift(SPLIT).reason());
    // The split: sixty users get a persona of their own, and it is the centroids that did it.
    assertEquals(60, drift(SPLIT).migration().changedByCentroids());
    for (int week : List.of(MERGE, GONE)) {
      assertEquals(Action.REVIEW, drift(week).advice());
      assertTrue(drift(week).reason().contains("retired: "), drift(week).reason());
    }
    assertTrue(advice.get(Action.KEEP) >= 30, advice.toString());
  }

  /** Seven callers fewer each week: from a fifth of them on, keep is the wrong advice. */
  @Test
  void theAdviceSeesThatAPersonasUsersLeave() {
    for (int week = FADE; week < GONE; week++) {
      Drift drift = drift(week);
      PersonaDrift callers =
          drift.personas().stream().filter(p -> p.id() == 2).findFirst().orElseThrow();
      assertEquals(7.0 / callers(week - 1), callers.left(), "week " + week);
      assertEquals(1, callers.retention(), "week " + week);
      boolean isFifth = 7 * 5 >= callers(week - 1);
      boolean isSeason = week == SEASON || week == SEASON_ENDS;
      assertEquals(
          isFifth || isSeason ? Action.REVIEW : Action.KEEP, drift.advice(), "week " + week);
      if (isFifth && !isSeason) {
        assertEquals("share lost by Callers (2)", drift.decidedBy().figure(), "week " + week);
      }
    }
  }

  /** The story of the year as a person reads it. */
  @Test
  void theTimelineReadsLikeTheYear() throws IOException {
    assertEquals(
        Files.readString(Path.of("src/test/resources/golden/year-timeline.txt")), told + "\n");
  }

  /** Events are planted in the users, so they are known without the program. */
  @Test
  void theTimelineFindsEveryEventInItsWeekAndNothingElse() {
    SortedMap<Integer, Set<String>> planted = new TreeMap<>();
    plant(planted, RENAMED, "RENAME 0 null");
    plant(planted, RENAMED_ID, "ID_COLUMN null null");
    plant(planted, SPLIT, "SPLIT 1 3");
    plant(planted, MERGE, "MERGE 3 1");
    plant(planted, GONE, "DEATH 2 null");
    plant(planted, SEASON, "DRIFT visits");
    plant(planted, SEASON_ENDS, "DRIFT visits");
    sizes(planted, "GROWTH 0 null", YearTest::regulars);
    sizes(planted, "FADE 2 null", YearTest::callers);
    SortedMap<Integer, Set<String>> found = new TreeMap<>();
    for (TimelineEvent event : timeline.events()) {
      int week = weekOf(event.run());
      String of =
          event.kind() == Kind.DRIFT
              ? event.text().split(" ", -1)[3]
              : event.persona() + " " + event.other();
      plant(found, week, event.kind() + " " + of);
    }
    // The callers are the users with many orders and much support, so both drift as they go.
    found.values().forEach(events -> events.removeAll(List.of("DRIFT orders", "DRIFT support")));
    found.values().removeIf(Set::isEmpty);
    assertEquals(planted, found);
    assertEquals(List.of(new Timeline.Gap(MISSED - 2, 1)), timeline.gaps());
  }

  private static void plant(SortedMap<Integer, Set<String>> events, int week, String event) {
    events.computeIfAbsent(week, each -> new TreeSet<>()).add(event);
  }

  private static int weekOf(int run) {
    return List.copyOf(MODELS.keySet()).get(run);
  }

  /** The weeks in which a size is a quarter above a reference week or a fifth below. */
  private static void sizes(
      SortedMap<Integer, Set<String>> events, String event, IntUnaryOperator users) {
    int reference = users.applyAsInt(1);
    for (int week : DRIFTS.keySet()) {
      int now = users.applyAsInt(week);
      boolean isLarge = 4 * now >= 5 * reference || 5 * now <= 4 * reference;
      // All of them came, or all of them left: 17 heads in a row are less likely than 0.00001.
      if (now > 0 && isLarge && Math.abs(now - reference) >= 17) {
        plant(events, week, event);
        reference = now;
      }
    }
  }

  /** A drift that is told is one of the raw values, by deciles of the reference week. */
  @Test
  void everyDriftIsOneOfTheRawValues() {
    int compared = 0;
    for (TimelineEvent event : timeline.events()) {
      if (event.kind() == Kind.DRIFT) {
        String[] words = event.text().split("[ :]+", -1);
        int column = List.of("visits", "orders", "support").indexOf(words[3]) + 1;
        LocalDate since = LocalDate.parse(words[6]);
        double psi = index(users(weekOf(since)), users(weekOf(event.run())), column);
        assertTrue(psi > 0.25, event + ", the raw values: " + psi);
        compared++;
      }
    }
    assertTrue(compared >= 3, compared + " drifts");
  }

  private static int weekOf(LocalDate date) {
    return (int) ChronoUnit.WEEKS.between(date(1), date) + 1;
  }

  private static double index(List<String> before, List<String> now, int column) {
    double[] then = values(before, column);
    double[] values = values(now, column);
    double index = 0;
    for (int part = 0; part < 10; part++) {
      double from = part == 0 ? Double.NEGATIVE_INFINITY : then[part * then.length / 10];
      double to = part == 9 ? Double.POSITIVE_INFINITY : then[(part + 1) * then.length / 10];
      double p = share(then, from, to);
      double q = share(values, from, to);
      index += (q - p) * Math.log(q / p);
    }
    return index;
  }

  private static double share(double[] values, double from, double to) {
    long users = Arrays.stream(values).filter(value -> value >= from && value < to).count();
    return Math.max(0.5, (double) users) / values.length;
  }

  private static double[] values(List<String> lines, int column) {
    return lines.stream()
        .skip(1)
        .mapToDouble(line -> Double.parseDouble(line.split(",", -1)[column]))
        .sorted()
        .toArray();
  }

  /**
   * The year chooses the margin of the next week. Its triples and flip-backs, counted here from the
   * files, include users who come and go, a split and a persona that ends.
   */
  @Test
  void theYearChoosesTheMarginOfTheNextWeek() throws IOException {
    List<Map<String, String>> clusters = new ArrayList<>();
    for (int week : MODELS.keySet()) {
      Map<String, String> users = new TreeMap<>();
      for (String row : new Run(0, "", output(week)).rows("assignments")) {
        String[] fields = row.split(",", 3);
        users.put(fields[0], fields[1]);
      }
      clusters.add(users);
    }
    long triples = 0;
    long flips = 0;
    for (int week = 2; week < clusters.size(); week++) {
      for (Map.Entry<String, String> user : clusters.get(week).entrySet()) {
        String before = clusters.get(week - 1).get(user.getKey());
        String first = clusters.get(week - 2).get(user.getKey());
        triples += before != null && first != null ? 1 : 0;
        flips += user.getValue().equals(first) && before != null && !before.equals(first) ? 1 : 0;
      }
    }
    Path spec =
        Files.writeString(
            folder.resolve("sticky.yaml"),
            spec(WEEKS + 1) + "\nstickiness: {margin: auto, maxFlipBack: 0}\n");
    Path input = Files.write(folder.resolve("next.csv"), users(WEEKS + 1));
    StickinessPrice price =
        Run.segment(
                folder.resolve("week-53"),
                "--spec=" + spec,
                "--input=" + input,
                "--k=2",
                "--runner=DirectRunner",
                "--previous=" + output(WEEKS),
                "--history=" + folder + "/week-*")
            .succeeded()
            .model()
            .stickiness();
    System.out.println("flip-backs over the year: " + price);
    assertEquals(StickinessPrice.BY_HISTORY, price.chosenBy());
    assertEquals(WEEKS - 1, price.history().runs());
    assertEquals(triples, price.history().triples());
    assertEquals(flips, price.history().freeFlipBacks());
    assertEquals(0, price.history().flipBacks());
    assertEquals(flips > 0, price.margin() > 0);
  }
}
