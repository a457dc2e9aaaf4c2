package personas.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.beam.sdk.extensions.gcp.options.GcsOptions;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import personas.cli.exit.ExitCode;
import personas.connector.storage.AtomicFiles;
import personas.connector.storage.Folder;
import personas.run.RunFolders;
import personas.run.publication.Publication;

/**
 * Checks the lock of a publication in a bucket: its owner, its generation, and locks of dead runs.
 * The client of Cloud Storage is real, and its stand-in keeps the rule that an object with {@code
 * ifGenerationMatch=0} is created only once.
 */
class CloudPublicationTest {
  private static final String OUTPUT = "gs://" + FakeBucket.NAME + "/out";
  private static final int WRITERS = 3;

  private FakeGoogleCloud cloud;
  private PipelineOptions options;

  @BeforeEach
  void start() throws IOException {
    cloud = new FakeGoogleCloud("JOB_STATE_DONE");
    String[] flags = cloud.storageFlags().toArray(String[]::new);
    options = PipelineOptionsFactory.fromArgs(flags).as(GcsOptions.class);
    FileSystems.setDefaultPipelineOptions(options);
  }

  @AfterEach
  void stop() {
    cloud.close();
    FileSystems.setDefaultPipelineOptions(PipelineOptionsFactory.create());
  }

  private static RunFolders folders(String run) {
    return new RunFolders("users.csv", OUTPUT, OUTPUT + "/.staging-" + run);
  }

  private static void write(String file, String text) throws IOException {
    try (OutputStream out = Folder.create(file)) {
      out.write(text.getBytes(UTF_8));
    }
  }

  private void publish(String run) throws IOException {
    publish(run, attempt -> {});
  }

  /** What happens after the lock was taken and before the results are replaced. */
  private interface Interruption {
    void with(String attempt) throws IOException;
  }

  private void publish(String run, Interruption interruption) throws IOException {
    RunFolders own = folders(run);
    Publication publication = new Publication(own, new AtomicFiles(options));
    String assignments = own.publishFolder().sub("tries").file("assignments-00000.csv");
    write(assignments, run);
    String model = publication.attemptFolder().file("model.json");
    write(model, run);
    String attempt = publication.attemptFolder().path().replaceAll(".*/attempt-([^/]*)/?", "$1");
    publication.publish(List.of(assignments, model), () -> interruption.with(attempt));
    own.removeStaging();
  }

  /** Name → text of what is in the output folder. */
  private Map<String, String> objects() {
    Map<String, String> objects = new TreeMap<>();
    cloud
        .bucket()
        .objects()
        .forEach((name, bytes) -> objects.put(name.substring(4), new String(bytes, UTF_8)));
    return objects;
  }

  private void assertPublished(long generation, String run) {
    Map<String, String> objects = objects();
    String marker = objects.remove(".publication-" + generation);
    assertTrue(marker.startsWith("PUBLISHED .staging-" + run + " "), marker);
    assertEquals(Map.of("assignments-00000.csv", run, "model.json", run), objects);
  }

  /** What a run leaves that was killed while it published. */
  private void leaveLock(long generation, String run) throws IOException {
    write(
        folders(run).outputFolder().file(".publication-" + generation),
        "PUBLISHING .staging-" + run + " attempt\n");
    write(folders(run).publishFolder().sub("attempt-attempt").file("begun"), "");
  }

  @Test
  void eachPublicationHasTheNextGenerationAndItsOwner() throws IOException {
    for (int generation = 1; generation <= 3; generation++) {
      publish("run" + generation);
      assertPublished(generation, "run" + generation);
    }
  }

  /** Two launchers that find the same generation: the service lets one of them create the next. */
  @Test
  void onlyOneOfSeveralWritersCreatesAGeneration() throws Exception {
    AtomicFiles atomicFiles = new AtomicFiles(options);
    Folder folder = new Folder(OUTPUT);
    ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
    try {
      for (int generation = 1; generation <= 3; generation++) {
        String file = folder.file(".publication-" + generation);
        CyclicBarrier start = new CyclicBarrier(WRITERS);
        List<Future<Boolean>> writers = new ArrayList<>();
        for (int writer = 0; writer < WRITERS; writer++) {
          byte[] bytes = ("writer " + writer).getBytes(UTF_8);
          writers.add(
              threads.submit(
                  () -> {
                    start.await();
                    return atomicFiles.create(file, bytes, folder);
                  }));
        }
        List<Boolean> created = new ArrayList<>();
        for (Future<Boolean> writer : writers) {
          created.add(writer.get());
        }
        assertEquals(1, Collections.frequency(created, true), "generation " + generation);
        assertEquals(
            "writer " + created.indexOf(true), objects().get(".publication-" + generation));
      }
    } finally {
      threads.shutdown();
    }
  }

  /** The check alone is not enough: the service has to keep the object that it already has. */
  @Test
  void theObjectOfAWriterBetweenTheCheckAndTheCreationStays() throws IOException {
    Folder folder = new Folder(OUTPUT);
    byte[] other = "another writer".getBytes(UTF_8);
    cloud
        .bucket()
        .afterMissing("out/.publication-1", () -> cloud.bucket().put("out/.publication-1", other));
    boolean created =
        new AtomicFiles(options)
            .create(folder.file(".publication-1"), "this writer".getBytes(UTF_8), folder);
    assertFalse(created);
    assertEquals("another writer", objects().get(".publication-1"));
  }

  /** A client that got no answer sends its request again, and finds its own object. */
  @Test
  void aRepeatedRequestFindsItsOwnGeneration() throws IOException {
    AtomicFiles atomicFiles = new AtomicFiles(options);
    Folder folder = new Folder(OUTPUT);
    String file = folder.file(".publication-1");
    assertTrue(atomicFiles.create(file, "own".getBytes(UTF_8), folder));
    assertTrue(atomicFiles.create(file, "own".getBytes(UTF_8), folder));
    assertFalse(atomicFiles.create(file, "other".getBytes(UTF_8), folder));
  }

  /** Other runs published generations 1 and 2 while this run was about to create generation 1. */
  @Test
  void anOldGenerationIsNotALock() throws IOException {
    byte[] other = "PUBLISHED .staging-other attempt\n".getBytes(UTF_8);
    cloud
        .bucket()
        .afterMissing("out/.publication-1", () -> cloud.bucket().put("out/.publication-2", other));
    publish("own");
    assertPublished(3, "own");
  }

  @Test
  void anAttemptWhoseLockWasTakenOverChangesNothing() throws IOException {
    publish("first");
    String next = new Folder(OUTPUT).file(".publication-3");
    IOException lost =
        assertThrows(
            IOException.class,
            () -> publish("own", attempt -> write(next, "PUBLISHING .staging-own later\n")));
    assertTrue(lost.getMessage().contains("has taken over the publication"), lost.getMessage());
    assertEquals("first", objects().get("model.json"));
    assertEquals("first", objects().get("assignments-00000.csv"));
  }

  /** A later attempt of the same run has ended this attempt, so this one must not finish. */
  @Test
  void aStoppedAttemptDoesNotMarkTheResultsAsPublished() throws IOException {
    Folder shared = folders("own").publishFolder();
    IOException lost =
        assertThrows(
            IOException.class,
            () -> publish("own", attempt -> write(shared.file("end-" + attempt), "stopped by x")));
    assertTrue(lost.getMessage().contains("has taken over the publication"), lost.getMessage());
    assertTrue(
        objects().get(".publication-1").startsWith("PUBLISHING .staging-own "), "not finished");
  }

  @Test
  void aLockOfAnotherRunIsNamedAndNothingChanges() throws IOException {
    publish("first");
    leaveLock(2, "other");
    IOException refused = assertThrows(IOException.class, () -> publish("second"));
    assertTrue(
        refused.getMessage().contains("The lock .publication-2 belongs to the run .staging-other"),
        refused.getMessage());
    assertEquals("first", objects().get("model.json"));
    assertTrue(objects().get(".publication-2").startsWith("PUBLISHING .staging-other "));
  }

  /** The message says what to delete; then the lock of the dead run does not count. */
  @Test
  void aStaleLockIsTakenByTheNextGeneration() throws IOException {
    leaveLock(4, "dead");
    folders("dead").publishFolder().deleteTree();
    assertEquals(List.of(".publication-4"), List.copyOf(objects().keySet()));
    publish("next");
    assertPublished(5, "next");
  }

  @Test
  void aCommandRefusesALockedBucketBeforeItsJob(@TempDir Path temp) throws IOException {
    leaveLock(7, "other");
    List<String> flags = new ArrayList<>(List.of("segment", "--quiet", "--runner=DirectRunner"));
    flags.addAll(cloud.storageFlags());
    flags.add("--output=" + OUTPUT);
    Run refused = Run.command(temp, flags.toArray(String[]::new));
    assertEquals(ExitCode.FAILED, refused.exitCode(), refused.errors());
    assertTrue(refused.errors().contains("so this run did not start"), refused.errors());
    assertFalse(objects().containsKey("model.json"));
    folders("other").publishFolder().deleteTree();
    Run.command(temp, flags.toArray(String[]::new)).succeeded();
    assertTrue(objects().containsKey("model.json"));
    assertTrue(objects().get(".publication-8").startsWith("PUBLISHED "), objects().toString());
  }
}
