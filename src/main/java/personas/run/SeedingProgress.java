package personas.run;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import personas.connector.storage.Folder;

/**
 * Says every two seconds how far seeding is, by {@link ProgressFiles}. Only for people: no result
 * depends on it.
 */
public final class SeedingProgress implements AutoCloseable {
  private static final int SECONDS = 2;

  private final Folder staging;
  private final IntSupplier clusterings;
  private final CountDownLatch ended = new CountDownLatch(1);

  /**
   * Starts to look.
   *
   * @param clusterings how many seeding has found so far
   */
  public SeedingProgress(Folder staging, IntSupplier clusterings) {
    this.staging = staging;
    this.clusterings = clusterings;
    Thread thread = new Thread(this::look, "seeding-progress");
    thread.setDaemon(true);
    thread.start();
  }

  private void look() {
    try {
      while (!ended.await(SECONDS, TimeUnit.SECONDS)) {
        ProgressFiles.seeded(staging, clusterings.getAsInt());
      }
    } catch (IOException notShown) {
      // The run goes on without this line of progress.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    ended.countDown();
  }
}
