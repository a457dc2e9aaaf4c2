package personas.connector.storage;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Stops worker threads of this process from writing after their run has ended. After {@link #close}
 * no file is created in the folders of the run, and the run does not publish. The folders can then
 * be deleted, although threads of a failed job may still run: the direct runner stops scheduling
 * work, but does not wait for its threads.
 *
 * <p>The fence does not reach workers of a cluster, because they are other processes. An object in
 * cloud storage appears when its stream is closed, which may happen after {@link #close}.
 */
public final class WriteFence {
  private static final ReadWriteLock LOCK = new ReentrantReadWriteLock();

  /** Folders of closed runs; guarded by {@link #LOCK}. */
  private static final Set<String> CLOSED = new HashSet<>();

  /** Staging folders of runs that are publishing; the set is its own lock. */
  private static final Set<String> PUBLISHING = new HashSet<>();

  private WriteFence() {}

  /** An action that the fence lets finish before a run is closed. */
  public interface Step<T> {
    T run() throws IOException;
  }

  /**
   * Creates a file. {@link #close} waits until the file is created.
   *
   * @throws IOException if the run of the folder is closed
   */
  public static <T> T create(String file, Step<T> creation) throws IOException {
    LOCK.readLock().lock();
    try {
      if (CLOSED.stream().anyMatch(file::startsWith)) {
        throw new IOException(file + ": not written, because the run of this folder has ended");
      }
      return creation.run();
    } finally {
      LOCK.readLock().unlock();
    }
  }

  /**
   * Publishes results; {@link #close} waits until the step is finished. The step runs in a new
   * thread, because an engine that cancels a job interrupts its own threads, and a publication must
   * not be interrupted.
   *
   * @throws IOException if the run is closed, or if the step fails
   */
  public static void publish(Folder stagingFolder, Step<Void> step) throws IOException {
    String staging = stagingFolder.path();
    FutureTask<Void> task =
        new FutureTask<>(
            () ->
                create(
                    staging,
                    () -> {
                      mark(staging, true);
                      try {
                        return step.run();
                      } finally {
                        mark(staging, false);
                      }
                    }));
    new Thread(task, "publish").start();
    await(task);
  }

  private static void mark(String staging, boolean isPublishing) {
    synchronized (PUBLISHING) {
      if (isPublishing) {
        PUBLISHING.add(staging);
      } else {
        PUBLISHING.remove(staging);
      }
    }
  }

  private static void await(FutureTask<Void> task) throws IOException {
    boolean isInterrupted = false;
    try {
      while (true) {
        try {
          task.get();
          return;
        } catch (InterruptedException e) {
          isInterrupted = true;
        }
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException cause) {
        throw cause;
      }
      throw new IOException(e.getCause());
    } finally {
      if (isInterrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Returns whether {@link #close} has closed the run of a staging folder. */
  public static boolean isClosed(Folder stagingFolder) {
    LOCK.readLock().lock();
    try {
      return CLOSED.contains(stagingFolder.path());
    } finally {
      LOCK.readLock().unlock();
    }
  }

  /** Opens a closed run again, so that this process can continue it. */
  public static void reopen(Folder stagingFolder, Folder publishFolder) {
    LOCK.writeLock().lock();
    try {
      CLOSED.remove(stagingFolder.path());
      CLOSED.remove(publishFolder.path());
    } finally {
      LOCK.writeLock().unlock();
    }
  }

  /** Returns whether a thread of this process is publishing the results of a run. */
  public static boolean isPublishing(Folder stagingFolder) {
    synchronized (PUBLISHING) {
      return PUBLISHING.contains(stagingFolder.path());
    }
  }

  /**
   * Closes a run. The method waits until all files that are being created exist, and until a
   * publication in progress is finished.
   */
  public static void close(Folder stagingFolder, Folder publishFolder) {
    LOCK.writeLock().lock();
    try {
      CLOSED.add(stagingFolder.path());
      CLOSED.add(publishFolder.path());
    } finally {
      LOCK.writeLock().unlock();
    }
  }
}
