package personas.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Phaser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import personas.connector.Connectors;
import personas.connector.storage.Folder;
import personas.connector.storage.WriteFence;
import personas.spec.SegmentationSpec;
import personas.spec.SpecException;

class RunFoldersTest {
  @TempDir Path folder;

  private RunPlan plan(String run) {
    String output = folder.resolve("out").toString();
    String staging = folder.resolve("temp/.staging-" + run).toString();
    return new RunPlan(
        spec(),
        new RunFolders("users.csv", output, staging),
        new JobTuning(1, 1, 1, 1, false),
        KnownModels.none(),
        ResultSettings.NONE);
  }

  private static SegmentationSpec spec() {
    String yaml = "{name: folders, input: {id: id}, features: [{name: a}], clustering: {k: 2}}";
    try {
      return Connectors.readSpec("spec", new ByteArrayInputStream(yaml.getBytes(UTF_8)));
    } catch (SpecException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void close(RunPlan plan) {
    WriteFence.close(plan.stagingFolder(), plan.folders().publishFolder());
  }

  /** Most files that a worker of a test writes, where nothing stops it. */
  private static final int MOST_FILES = 20_000;

  private static void write(Folder staging, int worker, Phaser started) {
    try {
      for (int i = 0; i < MOST_FILES; i++) {
        Folder.create(staging.sub("worker-" + worker).file("file-" + i)).close();
        if (i == 0) {
          started.arrive();
        }
      }
    } catch (IOException refused) {
      assertTrue(
          refused.getMessage().contains("the run of this folder has ended"), refused.getMessage());
      return;
    }
    throw new IllegalStateException("nothing stopped worker " + worker);
  }

  @Test
  void filesThatAreRemovedAfterClosingStayRemoved() throws IOException {
    RunPlan plan = plan("closed");
    Phaser started = new Phaser(1);
    List<CompletableFuture<Void>> workers = new ArrayList<>();
    for (Folder staging : List.of(plan.stagingFolder(), plan.folders().publishFolder())) {
      int worker = workers.size();
      started.register();
      workers.add(CompletableFuture.runAsync(() -> write(staging, worker, started)));
    }
    started.awaitAdvance(started.arrive());
    close(plan);
    plan.folders().removeStaging();
    assertFalse(plan.folders().hasStaging());
    workers.forEach(CompletableFuture::join);
    assertFalse(plan.folders().hasStaging());
  }

  @Test
  void anotherRunGoesOn() throws IOException {
    close(plan("one"));
    for (String other : List.of("two", "one-more")) {
      Folder.create(plan(other).stagingFolder().file("shard")).close();
      assertTrue(plan(other).folders().hasStaging());
    }
  }

  @Test
  void nothingIsPublishedAfterTheClosing() {
    RunPlan plan = plan("late");
    close(plan);
    assertThrows(
        IOException.class,
        () ->
            WriteFence.publish(
                plan.stagingFolder(),
                () -> {
                  throw new IllegalStateException("published");
                }));
  }

  @Test
  void aClosingWaitsForWhatIsBeingPublishedWhichNoInterruptCutsOff() throws Exception {
    RunPlan plan = plan("published");
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    List<String> order = new ArrayList<>();
    CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
    Thread worker =
        new Thread(
            () -> {
              try {
                WriteFence.publish(
                    plan.stagingFolder(),
                    () -> {
                      begun.countDown();
                      try {
                        goOn.await();
                      } catch (InterruptedException e) {
                        order.add("cut off");
                      }
                      order.add("published");
                      return null;
                    });
                interrupted.complete(Thread.currentThread().isInterrupted());
              } catch (IOException | RuntimeException e) {
                interrupted.completeExceptionally(e);
              }
            });
    worker.start();
    begun.await();
    assertTrue(WriteFence.isPublishing(plan.stagingFolder()));
    worker.interrupt();
    Thread closing =
        new Thread(
            () -> {
              close(plan);
              order.add("closed");
            });
    closing.start();
    while (closing.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    goOn.countDown();
    closing.join();
    assertTrue(interrupted.get(), "who was interrupted is told at the end");
    assertEquals(List.of("published", "closed"), order);
    assertFalse(WriteFence.isPublishing(plan.stagingFolder()));
  }

  @Test
  void throwsTheFailureOfAPublication() {
    IOException said = new IOException("no space");
    IOException thrown =
        assertThrows(
            IOException.class,
            () ->
                WriteFence.publish(
                    plan("failing").stagingFolder(),
                    () -> {
                      throw said;
                    }));
    assertEquals(said, thrown);
  }
}
