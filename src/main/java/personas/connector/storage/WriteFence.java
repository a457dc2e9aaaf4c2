package personas.connector.storage;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Between what a run still writes and the end of that run, for workers that are threads of this
 * process: once it is closed, no file is created in the run's folders and nothing is published. So
 * their removal is final, without waiting for workers that an engine lets run on after a job has
 * failed: the direct runner stops handing out work, but waits for no thread.
 *
 * <p>Workers of a cluster are other processes, which this does not reach. An object of a cloud's
 * storage appears only when its stream is closed, which may be later than this.
 */
public final class WriteFence {
  private static final ReadWriteLock LOCK = new ReentrantReadWriteLock();

  /** Folders of closed runs; guarded by the lock. */
  private static final Set<String> CLOSED = new HashSet<>();

  /** Folders of runs that are publishing, guarded by itself. */
  private static final Set<String> PUBLISHING = new HashSet<>();

  private WriteFence() {}

  /** What is done within the fence. */
  public interface Step<T> {
    T take() throws IOException;
  }

  /**
   * Creates a file, which a closing waits for.
   *
   * @throws IOException where the run of its folder is closed
   */
  public static <T> T create(String file, Step<T> creation) throws IOException {
    LOCK.readLock().lock();
    try {
      if (CLOSED.stream().anyMatch(file::startsWith)) {
        throw new IOException(file + ": not written, its run has ended");
      }
      return creation.take();
    } finally {
      LOCK.readLock().unlock();
    }
  }

  /**
   * Publishes, which a closing waits for, in a thread of its own: an engine that cancels a job
   * interrupts the threads that it knows, and a step that has begun is to end whole.
   *
   * @throws IOException where the run is closed, and what the step throws
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
                        return step.take();
                      } finally {
                        mark(staging, false);
                      }
                    }));
    new Thread(task, "publish").start();
    await(task);
  }

  private static void mark(String staging, boolean publishing) {
    synchronized (PUBLISHING) {
      if (publishing) {
        PUBLISHING.add(staging);
      } else {
        PUBLISHING.remove(staging);
      }
    }
  }

  private static void await(FutureTask<Void> task) throws IOException {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          task.get();
          return;
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException cause) {
        throw cause;
      }
      throw new IOException(e.getCause());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Whether a run of this process has ended. */
  public static boolean isClosed(Folder stagingFolder) {
    LOCK.readLock().lock();
    try {
      return CLOSED.contains(stagingFolder.path());
    } finally {
      LOCK.readLock().unlock();
    }
  }

  /** Lets a run of this process continue one that has ended. */
  public static void reopen(Folder stagingFolder, Folder publishFolder) {
    LOCK.writeLock().lock();
    try {
      CLOSED.remove(stagingFolder.path());
      CLOSED.remove(publishFolder.path());
    } finally {
      LOCK.writeLock().unlock();
    }
  }

  /** Whether a thread of this process publishes the results of a run. */
  public static boolean isPublishing(Folder stagingFolder) {
    synchronized (PUBLISHING) {
      return PUBLISHING.contains(stagingFolder.path());
    }
  }

  /**
   * Ends a run, whose folders these are: returns when what was being created is there and what was
   * being published is.
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
