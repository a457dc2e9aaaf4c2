package personas.run;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import personas.model.score.VersionedModel;
import personas.text.TerminalText;

/**
 * The latest model of a stream, which all tasks of one process share. A thread reads the file of
 * the model every {@link StreamPlan#refreshSeconds}, so messages do not wait for a model. If the
 * file is not a model of the same segmentation, the current model stays, and the failure is logged
 * and counted.
 */
public final class LatestModel {
  private static final Logger LOG = LoggerFactory.getLogger(LatestModel.class);

  /** The models in use, by their source, their first version and their refresh time. */
  private static final Map<Key, LatestModel> SHARED = new HashMap<>();

  private record Key(ModelFile source, String firstDigest, long refreshSeconds) {
    static Key of(StreamPlan plan) {
      return new Key(
          plan.model().file(), plan.model().first().digest(), plan.model().refreshSeconds());
    }
  }

  private final Key key;
  private final String segmentation;
  private final AtomicLong failures = new AtomicLong();
  private volatile VersionedModel model;
  private ScheduledExecutorService refresher;

  /** How many callers have acquired the model and not released it. */
  private int uses;

  private LatestModel(Key key, VersionedModel first) {
    this.key = key;
    this.segmentation = first.model().name();
    this.model = first;
  }

  /**
   * Returns the latest model of a stream. The caller must call {@link #release} when it no longer
   * uses the model. The first call in a process reads the file, so that a restarted job uses the
   * current model. If the file cannot be used, the model is the one with which the job was
   * submitted.
   */
  public static LatestModel acquire(StreamPlan plan) {
    LatestModel latest;
    synchronized (SHARED) {
      latest =
          SHARED.computeIfAbsent(Key.of(plan), key -> new LatestModel(key, plan.model().first()));
      latest.uses++;
    }
    latest.start();
    return latest;
  }

  private synchronized void start() {
    if (refresher == null) {
      refresh();
      refresher =
          Executors.newSingleThreadScheduledExecutor(
              task -> {
                Thread thread = new Thread(task, "model of " + segmentation);
                thread.setDaemon(true);
                return thread;
              });
      var unused =
          refresher.scheduleWithFixedDelay(
              this::refresh, key.refreshSeconds(), key.refreshSeconds(), TimeUnit.SECONDS);
    }
  }

  private void refresh() {
    try {
      VersionedModel newest = key.source().read();
      if (!newest.model().name().equals(segmentation)) {
        throw new IOException(
            String.format(
                "%s: the model belongs to segmentation '%s', but the stream scores '%s'",
                key.source().path(), newest.model().name(), segmentation));
      }
      if (!newest.digest().equals(model.digest())) {
        model = newest;
      }
    } catch (IOException | RuntimeException e) {
      failures.incrementAndGet();
      LOG.warn(
          "The new model is not used; the stream continues with the current model: {}",
          TerminalText.line(String.valueOf(e.getMessage())));
    }
  }

  /** Returns the model for the next message; the same object until the model changes. */
  public VersionedModel get() {
    return model;
  }

  /** Returns how often the file could not be used since the previous call in this process. */
  public long takeFailures() {
    return failures.getAndSet(0);
  }

  /** Ends one use of the model. The thread ends with the last use in the process. */
  public void release() {
    synchronized (SHARED) {
      uses--;
      if (uses > 0) {
        return;
      }
      SHARED.remove(key);
    }
    stop();
  }

  private synchronized void stop() {
    refresher.shutdownNow();
  }
}
