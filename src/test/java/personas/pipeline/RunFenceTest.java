package personas.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Phaser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFenceTest {
  @TempDir Path folder;

  private RunPlan plan(String run) {
    String output = folder.resolve("out").toString();
    String staging = folder.resolve("temp/.staging-" + run).toString();
    return new RunPlan(
        null, "users.csv", output, staging, 1, 1, false, false, 1, false, "", null, null, null);
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
      assertTrue(refused.getMessage().contains("its run has ended"), refused.getMessage());
      return;
    }
    throw new IllegalStateException("nothing stopped worker " + worker);
  }

  @Test
  void whatIsRemovedAfterTheClosingStaysAway() throws IOException {
    RunPlan plan = plan("closed");
    Phaser started = new Phaser(1);
    List<CompletableFuture<Void>> workers = new ArrayList<>();
    for (Folder staging : List.of(plan.stagingFolder(), plan.publishFolder())) {
      int worker = workers.size();
      started.register();
      workers.add(CompletableFuture.runAsync(() -> write(staging, worker, started)));
    }
    started.awaitAdvance(started.arrive());
    Segmentation.close(plan);
    Segmentation.cleanUp(plan);
    assertFalse(Segmentation.hasStaged(plan));
    workers.forEach(CompletableFuture::join);
    assertFalse(Segmentation.hasStaged(plan));
  }

  @Test
  void anotherRunGoesOn() throws IOException {
    Segmentation.close(plan("one"));
    Segmentation.begin(plan("two"));
    assertEquals(Publication.NOT_BEGUN, Segmentation.publication(plan("two")));
    Segmentation.begin(plan("one-more"));
  }

  @Test
  void nothingIsPublishedAfterTheClosing() {
    RunPlan plan = plan("late");
    Segmentation.close(plan);
    assertThrows(
        IOException.class,
        () ->
            RunFence.publish(
                plan,
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
                RunFence.publish(
                    plan,
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
    assertTrue(Segmentation.isPublishing(plan));
    worker.interrupt();
    Thread closing =
        new Thread(
            () -> {
              Segmentation.close(plan);
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
    assertFalse(Segmentation.isPublishing(plan));
  }

  @Test
  void whatAFailureOfAPublicationIsIsSaid() {
    IOException said = new IOException("no space");
    IOException thrown =
        assertThrows(
            IOException.class,
            () ->
                RunFence.publish(
                    plan("failing"),
                    () -> {
                      throw said;
                    }));
    assertEquals(said, thrown);
  }

  @Test
  void marksSayHowFarAPublicationCame() throws IOException {
    RunPlan plan = plan("marks");
    Segmentation.begin(plan);
    assertEquals(Publication.NOT_BEGUN, Segmentation.publication(plan));
    Publication.begin(plan);
    assertEquals(Publication.BROKEN, Segmentation.publication(plan));
    Publication.withdraw(plan);
    assertEquals(Publication.NOT_BEGUN, Segmentation.publication(plan));
    Publication.begin(plan);
    Publication.end(plan);
    assertEquals(Publication.WHOLE, Segmentation.publication(plan));
    Files.delete(Path.of(plan.stagingFolder().file("publishing")));
    Files.delete(Path.of(plan.stagingFolder().file("run")));
    assertEquals(Publication.WHOLE, Segmentation.publication(plan));
    plan.stagingFolder().deleteTree();
    assertEquals(Publication.WHOLE, Segmentation.publication(plan));
  }
}
