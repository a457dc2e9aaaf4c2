package personas.run.publication;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import personas.connector.storage.AtomicFiles;
import personas.connector.storage.Folder;
import personas.run.RunFolders;
import personas.run.RunOutcome;

/**
 * Checks attempts to publish into one folder: every order of the steps of two attempts, and every
 * step at which an attempt can stop.
 */
class PublicationTest {
  private static final AtomicFiles ATOMIC_FILES = new AtomicFiles(PipelineOptionsFactory.create());
  private static final List<String> NAMES = List.of("assignments-00000.csv", "model.json");

  @TempDir Path temp;
  private Path output;
  private int folders;

  /** An error of a test that ends an attempt where it stands, as the end of its process would. */
  private static final class CutOff extends Error {
    private static final long serialVersionUID = 1;
  }

  @BeforeEach
  void freshFolder() throws IOException {
    output = Files.createDirectories(temp.resolve("out-" + folders++));
  }

  private RunFolders folders(String run) {
    return new RunFolders("users.csv", output.toString(), output + "/.staging-" + run);
  }

  /** What an earlier run left: more files than the runs of a test write. */
  private void writeEarlierResults() throws IOException {
    for (String name : List.of("assignments-00001.csv", "model.json", RunOutcome.FILE)) {
      Files.writeString(output.resolve(name), "earlier");
    }
  }

  /** The staged assignments of a run, which all of its attempts share. */
  private String stage(String run) throws IOException {
    String file = folders(run).publishFolder().sub("tries").file("assignments-00000.csv");
    write(file, run);
    return file;
  }

  private static void write(String file, String text) throws IOException {
    try (var out = Folder.create(file)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  /** The last step of a run, as the pipeline does it. */
  private void publish(String run, String attempt, Publication.Observer observer)
      throws IOException {
    RunFolders own = folders(run);
    Publication publication = new Publication(own, ATOMIC_FILES, attempt, observer);
    if (!publication.isFinished()) {
      String model = publication.attemptFolder().file("model.json");
      write(model, run);
      publication.publish(
          List.of(own.publishFolder().sub("tries").file("assignments-00000.csv"), model), () -> {});
    }
    observer.before("remove staging");
    own.removeStaging();
  }

  /** What the launcher of a run does when the job has ended. */
  private boolean describe(String run, Publication.Observer observer) throws IOException {
    return new OutcomeFile(folders(run), ATOMIC_FILES, observer)
        .write(run.getBytes(StandardCharsets.UTF_8));
  }

  /** The results by name; staging and markers are left out. */
  private Map<String, String> results() throws IOException {
    Map<String, String> results = new TreeMap<>();
    try (Stream<Path> files = Files.list(output)) {
      for (Path file : files.toList()) {
        if (!file.getFileName().toString().startsWith(".")) {
          results.put(file.getFileName().toString(), Files.readString(file));
        }
      }
    }
    return results;
  }

  private static Map<String, String> of(String run) {
    return Map.of(NAMES.get(0), run, NAMES.get(1), run);
  }

  private static Map<String, String> described(String run) {
    return Map.of(NAMES.get(0), run, NAMES.get(1), run, RunOutcome.FILE, run);
  }

  /** Whoever reads a folder with a model reads the files of one run; an outcome has its model. */
  private void assertNotMixed(String order) throws IOException {
    Map<String, String> results = results();
    assertTrue(
        results.containsKey("model.json") || !results.containsKey(RunOutcome.FILE),
        () -> order + ": " + results);
    if (results.containsKey("model.json")) {
      String run = results.get("model.json");
      assertTrue(results.values().stream().allMatch(run::equals), () -> order + ": " + results);
    }
  }

  /** All that an attempt does, step by step. */
  private interface Work {
    void take(Publication.Observer observer) throws IOException;
  }

  /** An attempt in a thread of its own that takes a step when its turn has come. */
  private static final class Attempt {
    private final Semaphore turn = new Semaphore(0);
    private final Semaphore arrived = new Semaphore(0);
    private final Turns turns;
    private String seenAtLook = "";
    private String seenLast = "";
    private volatile String next = "";
    private volatile IOException failure;
    private boolean started;

    Attempt(Work work, Turns turns) {
      this.turns = turns;
      Thread thread = new Thread(() -> run(work));
      thread.setDaemon(true);
      thread.start();
      arrived.acquireUninterruptibly();
    }

    private void run(Work work) {
      try {
        work.take(this::pause);
      } catch (IOException e) {
        failure = e;
      }
      next = "";
      turns.give(this);
    }

    private void pause(String step) {
      next = step;
      if (!started) {
        started = true;
        arrived.release();
        turn.acquireUninterruptibly();
      } else if (turns.give(this) != this) {
        turn.acquireUninterruptibly();
      }
    }

    boolean hasNext() {
      return !next.isEmpty();
    }

    /** All that what follows depends on, besides the files. */
    String state() {
      return next + "|" + seenAtLook + "|" + seenLast;
    }

    /** The attempt is about to take its step and can see these files. */
    void sees(String files) {
      seenLast = files;
      seenAtLook = next.equals("read the newest marker") ? files : seenAtLook;
    }
  }

  /** All files and their content. */
  private String files() throws IOException {
    StringBuilder text = new StringBuilder();
    List<Path> all;
    try (Stream<Path> files = Files.walk(output)) {
      all = files.sorted().toList();
    }
    for (Path file : all) {
      text.append(output.relativize(file)).append('=');
      text.append(Files.isDirectory(file) ? "" : Files.readString(file)).append(';');
    }
    return text.toString();
  }

  /**
   * One order of the steps of two attempts. The schedule says whether the second one takes a step
   * while both have one left. If both are where they were in an earlier order, and saw and see the
   * same files, what follows is the same and is not tried again.
   */
  private final class Turns {
    private final Semaphore ended = new Semaphore(0);
    private final StringBuilder order = new StringBuilder();
    private final List<Boolean> schedule;
    private final Set<String> known;
    private final Attempt one;
    private final Attempt two;
    private int choices;
    private boolean isNew = true;
    private volatile Throwable mistake;

    Turns(Work first, Work second, List<Boolean> schedule, Set<String> known) {
      this.schedule = schedule;
      this.known = known;
      this.one = new Attempt(first, this);
      this.two = new Attempt(second, this);
    }

    /** Takes all steps; returns the part of the schedule that was decided anew. */
    List<Boolean> take() {
      give(null);
      ended.acquireUninterruptibly();
      if (mistake != null) {
        throw new AssertionError(order.toString(), mistake);
      }
      return schedule.subList(0, choices);
    }

    /** Gives the turn to an attempt; the one that has it now may go on by itself. */
    Attempt give(Attempt now) {
      Attempt taker = null;
      try {
        assertNotMixed(order.toString());
        taker = choose();
      } catch (IOException | RuntimeException | AssertionError e) {
        mistake = e;
      }
      if (taker == null) {
        ended.release();
      } else if (taker != now) {
        taker.turn.release();
      }
      return taker;
    }

    private Attempt choose() throws IOException {
      if (!one.hasNext() && !two.hasNext()) {
        return null;
      }
      String files = files();
      boolean isSecond = !one.hasNext();
      if (one.hasNext() && two.hasNext() && isNew) {
        if (choices == schedule.size()) {
          isNew = known.add(one.state() + "|" + two.state() + "|" + files);
          schedule.add(false);
        }
        isSecond = schedule.get(choices);
        choices += isNew ? 1 : 0;
      }
      Attempt taker = isSecond ? two : one;
      taker.sees(files);
      order.append(isSecond ? "two: " : "one: ").append(taker.next).append('\n');
      return taker;
    }
  }

  /** What must hold when both attempts have ended. */
  private interface Law {
    void check(Attempt one, Attempt two, String order) throws IOException;
  }

  /**
   * Takes all orders: the last "one" of a schedule that can become a "two" gives the next schedule.
   *
   * @return the number of different states in which both had a step left
   */
  private int allOrders(Prepare prepare, Work first, Work second, Law law) throws IOException {
    List<Boolean> schedule = new ArrayList<>();
    Set<String> known = new HashSet<>();
    while (schedule != null) {
      freshFolder();
      prepare.prepare();
      Turns turns = new Turns(first, second, schedule, known);
      List<Boolean> decided = turns.take();
      law.check(turns.one, turns.two, turns.order.toString());
      schedule = next(decided);
    }
    return known.size();
  }

  /** Fills the folder before the first step. */
  private interface Prepare {
    void prepare() throws IOException;
  }

  private int allOrders(String firstRun, String secondRun, Law law) throws IOException {
    return allOrders(
        () -> {
          writeEarlierResults();
          stage(firstRun);
          stage(secondRun);
        },
        observer -> publish(firstRun, "one", observer),
        observer -> publish(secondRun, "two", observer),
        law);
  }

  private static List<Boolean> next(List<Boolean> schedule) {
    int last = schedule.lastIndexOf(false);
    if (last < 1) {
      // Who takes the first step does not matter: neither attempt has done anything.
      return null;
    }
    List<Boolean> next = new ArrayList<>(schedule.subList(0, last));
    next.add(true);
    return next;
  }

  @Test
  void inEveryOrderTwoRunsPublishOneAfterTheOtherOrOneFailsCleanly() throws Exception {
    int states =
        allOrders(
            "a",
            "b",
            (one, two, order) -> {
              Map<String, String> results = results();
              assertTrue(one.failure == null || two.failure == null, order);
              assertTrue(
                  (one.failure == null && results.equals(of("a")))
                      || (two.failure == null && results.equals(of("b"))),
                  () -> order + results);
              for (Attempt attempt : List.of(one, two)) {
                if (attempt.failure != null) {
                  assertTrue(
                      attempt.failure.getMessage().contains("another run publishes to this folder"),
                      order + attempt.failure);
                }
              }
            });
    assertTrue(states > 100, "states: " + states);
  }

  /**
   * The launcher of a published run is slow, and meanwhile another run publishes: at no moment does
   * run.json stand beside results of another run, and at the end there is the one of the later run.
   */
  @Test
  void inEveryOrderTheOutcomeOfARunIsGoneBeforeItsResultsAre() throws Exception {
    int states =
        allOrders(
            () -> {
              stage("a");
              publish("a", "one", step -> {});
              stage("b");
            },
            observer -> describe("a", observer),
            observer -> {
              publish("b", "two", observer);
              if (!describe("b", observer)) {
                throw new IOException("b was not the last run");
              }
            },
            (one, two, order) -> {
              assertNull(one.failure, order);
              assertNull(two.failure, order);
              assertEquals(described("b"), results(), order);
              assertFalse(Files.exists(output.resolve(".staging-outcome")), order);
            });
    assertTrue(states > 20, "states: " + states);
  }

  @Test
  void inEveryOrderTwoAttemptsOfARunPublishItOnce() throws Exception {
    int states =
        allOrders(
            "a",
            "a",
            (one, two, order) -> {
              assertEquals(of("a"), results(), () -> order + one.failure + two.failure);
              assertTrue(one.failure == null || two.failure == null, order);
              assertFalse(folders("a").hasStaging(), order);
              assertEquals(PublicationState.COMPLETE, Publication.state(folders("a")), order);
            });
    assertTrue(states > 100, "states: " + states);
  }

  private static Publication.Observer cutOffAt(int step, List<String> seen) {
    return name -> {
      if (seen.size() == step) {
        throw new CutOff();
      }
      seen.add(name);
    };
  }

  /** All steps of one attempt, in an empty folder of its own. */
  private List<String> steps() throws IOException {
    freshFolder();
    writeEarlierResults();
    stage("a");
    List<String> steps = new ArrayList<>();
    publish("a", "one", steps::add);
    return steps;
  }

  /**
   * Publishes a run up to a step. A process that ends there deletes nothing, so what the attempt
   * would tidy up on its way out is put back.
   */
  private void publishUpTo(int step) throws IOException {
    freshFolder();
    writeEarlierResults();
    stage("a");
    RunFolders own = folders("a");
    Publication publication =
        new Publication(own, ATOMIC_FILES, "one", cutOffAt(step, new ArrayList<>()));
    String model = publication.attemptFolder().file("model.json");
    write(model, "a");
    String staged = own.publishFolder().sub("tries").file("assignments-00000.csv");
    assertThrows(CutOff.class, () -> publication.publish(List.of(staged, model), () -> {}));
  }

  @Test
  void anAttemptThatWasCutOffAnywhereIsContinuedByTheNext() throws IOException {
    List<String> steps = steps();
    int last = steps.indexOf("remove staging");
    for (int step = 0; step < last; step++) {
      publishUpTo(step);
      assertNotMixed("cut off before " + steps.get(step));
      publish("a", "two", name -> {});
      assertEquals(of("a"), results(), "cut off before " + steps.get(step));
      publish("a", "three", name -> {});
      assertEquals(of("a"), results(), "an attempt after the end, " + steps.get(step));
      assertFalse(folders("a").hasStaging());
    }
    assertTrue(last > 8, steps.toString());
  }

  @Test
  void whenARunThatWasCutOffIsRemovedTheNextRunTakesItsFolder() throws IOException {
    List<String> steps = steps();
    for (int step = 0; step < steps.indexOf("remove staging"); step++) {
      publishUpTo(step);
      folders("a").removeStaging();
      stage("b");
      publish("b", "one", name -> {});
      assertEquals(of("b"), results(), "cut off before " + steps.get(step));
    }
  }

  @Test
  void anAttemptThatComesAfterAnotherRunFailsAndChangesNothing() throws IOException {
    stage("a");
    publish("a", "one", name -> {});
    stage("b");
    publish("b", "one", name -> {});
    IOException late = assertThrows(IOException.class, () -> publish("a", "two", name -> {}));
    assertTrue(late.getMessage().contains("is gone"), late.getMessage());
    assertEquals(of("b"), results());
    assertFalse(folders("a").hasStaging());
  }

  /** A launcher that is slow finds the results of the next run, and leaves them as they are. */
  @Test
  void aLateOutcomeIsNotWrittenBesideTheResultsOfAnotherRun() throws IOException {
    stage("a");
    publish("a", "one", name -> {});
    stage("b");
    publish("b", "one", name -> {});
    assertTrue(describe("b", step -> {}));
    assertFalse(describe("a", step -> {}));
    assertEquals(described("b"), results());
    assertFalse(Files.exists(output.resolve(".staging-outcome")));
  }

  /** The next run is killed after it has begun to replace: nothing describes what is left. */
  @Test
  void anOutcomeGoesBeforeAnyOtherResult() throws IOException {
    List<String> steps = steps();
    assertTrue(steps.contains("discard " + RunOutcome.FILE), steps.toString());
    publishUpTo(steps.indexOf("discard " + RunOutcome.FILE));
    assertEquals("earlier", results().get(RunOutcome.FILE));
    publishUpTo(steps.indexOf("discard " + RunOutcome.FILE) + 1);
    assertFalse(results().containsKey(RunOutcome.FILE));
    assertEquals("earlier", results().get("model.json"));
  }

  @Test
  void failedTablesLeaveEarlierResults() throws IOException {
    writeEarlierResults();
    Map<String, String> earlier = results();
    String staged = stage("a");
    Publication failing = new Publication(folders("a"), ATOMIC_FILES);
    IOException said = new IOException("no connection");
    assertEquals(
        said,
        assertThrows(
            IOException.class,
            () ->
                failing.publish(
                    List.of(staged),
                    () -> {
                      assertEquals(PublicationState.INTERRUPTED, Publication.state(folders("a")));
                      throw said;
                    })));
    assertEquals(earlier, results());
    assertEquals(PublicationState.NOT_STARTED, Publication.state(folders("a")));
    stage("b");
    publish("b", "one", name -> {});
    assertEquals(of("b"), results());
  }

  @Test
  void aFolderNamedLikeAResultIsRefusedBeforeAnythingChanges() throws IOException {
    writeEarlierResults();
    Files.delete(output.resolve("assignments-00001.csv"));
    Files.delete(output.resolve(RunOutcome.FILE));
    Files.createDirectories(output.resolve("report.html"));
    stage("a");
    IOException refused = assertThrows(IOException.class, () -> publish("a", "one", name -> {}));
    assertTrue(refused.getMessage().contains("report.html: is a folder"), refused.getMessage());
    Files.delete(output.resolve("report.html"));
    assertEquals(Map.of("model.json", "earlier"), results());
  }

  @Test
  void onlyItsOwnerReadsStagingAndEverybodyReadsResults() throws IOException {
    stage("a");
    Path staging = Path.of(folders("a").publishFolder().path());
    List<Path> staged;
    try (Stream<Path> all = Files.walk(staging)) {
      staged = all.toList();
    }
    assertEquals(3, staged.size());
    for (Path path : staged) {
      assertEquals(
          Files.isDirectory(path) ? "rwx------" : "rw-------",
          PosixFilePermissions.toString(Files.getPosixFilePermissions(path)),
          path.toString());
    }
    Path other = Files.createFile(temp.resolve("other"));
    publish("a", "one", name -> {});
    for (String name : NAMES) {
      assertEquals(
          Files.getPosixFilePermissions(other),
          Files.getPosixFilePermissions(output.resolve(name)),
          name);
    }
  }

  @Test
  void aMarkerThatIsNotOneIsNamed() throws IOException {
    assertNull(PublicationMarker.newest(folders("a").outputFolder()));
    Files.writeString(output.resolve(".publication-7"), "");
    stage("a");
    IOException refused = assertThrows(IOException.class, () -> publish("a", "one", name -> {}));
    assertTrue(
        refused.getMessage().contains(".publication-7: the file is not"), refused.getMessage());
  }
}
