package personas.run;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import personas.connector.storage.Folder;

/**
 * Writes the progress of seeding every two seconds with {@link ProgressFiles}. If a file cannot be
 * written, the thread ends, and the run continues.
 */
public final class SeedingProgress implements AutoCloseable {
  private static final int SECONDS = 2;

  private final Folder staging;
  private final IntSupplier clusterings;
  private final CountDownLatch ended = new CountDownLatch(1);

  /**
   * Starts the thread that writes the progress.
   *
   * @param staging the staging folder of the run
   * @param clusterings returns how many clusterings seeding has found so far
   */
  public SeedingProgress(Folder staging, IntSupplier clusterings) {
    this.staging = staging;
    this.clusterings = clusterings;
    Thread thread = new Thread(this::writeProgress, "seeding-progress");
    thread.setDaemon(true);
    thread.start();
  }

  private void writeProgress() {
    int previous = -1;
    try {
      while (!ended.await(SECONDS, TimeUnit.SECONDS)) {
        int found = clusterings.getAsInt();
        ProgressFiles.markClusterings(staging, previous, found);
        previous = found;
      }
    } catch (IOException ignored) {
      // No result depends on the progress files.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    ended.countDown();
  }
}
