package personas.connector.storage;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderTest {
  private static final int DELETERS = 4;

  @TempDir Path folder;

  /** A signal and the last step of a job may remove one tree at the same time. */
  @Test
  void aTreeThatSeveralDeleteAtOnceIsGoneForAll() throws Exception {
    for (int round = 0; round < 20; round++) {
      Path root = folder.resolve("tree-" + round);
      for (int branch = 0; branch < 30; branch++) {
        Path below = Files.createDirectories(root.resolve("branch-" + branch).resolve("tries"));
        Files.writeString(below.resolve("file"), "x");
      }
      deleteAtOnce(new Folder(root + "/"));
      assertFalse(Files.exists(root), root.toString());
    }
  }

  private static void deleteAtOnce(Folder tree) throws Exception {
    CyclicBarrier start = new CyclicBarrier(DELETERS);
    ExecutorService threads = Executors.newFixedThreadPool(DELETERS);
    try {
      List<Future<?>> deletions = new ArrayList<>();
      for (int i = 0; i < DELETERS; i++) {
        deletions.add(
            threads.submit(
                () -> {
                  start.await();
                  tree.deleteTree();
                  return null;
                }));
      }
      for (Future<?> deletion : deletions) {
        deletion.get();
      }
    } finally {
      threads.shutdown();
    }
  }
}
