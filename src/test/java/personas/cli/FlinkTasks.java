package personas.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import personas.cli.exit.ExitCode;

/**
 * Shows which of Beam's two translations embedded Flink executes: jobs of the DataSet translation
 * run in {@code BatchTask}, jobs of the DataStream translation run in {@code StreamTask}. Both
 * classes log each task that they start, and this class counts these records.
 */
final class FlinkTasks implements AutoCloseable {
  private static final String BATCH = "org.apache.flink.runtime.operators.BatchTask";
  private static final String STREAM = "org.apache.flink.streaming.runtime.tasks.StreamTask";

  private final Counter batch = new Counter(BATCH);
  private final Counter stream = new Counter(STREAM);

  /**
   * Checks that a command used the DataStream translation if its flags asked for it. Other commands
   * are not checked, because a stream is always translated to DataStream.
   */
  void check(String[] args, int exitCode) {
    boolean dataStream = Arrays.asList(args).contains("--useDataStreamForBatch=true");
    if (dataStream && exitCode == ExitCode.DONE) {
      assertTrue(stream.records.get() > 0, "no task of the DataStream translation");
      assertEquals(0, batch.records.get(), "tasks of the DataSet translation");
    }
  }

  @Override
  public void close() {
    batch.close();
    stream.close();
  }

  private static final class Counter extends Handler {
    private final AtomicInteger records = new AtomicInteger();
    private final Logger logger;
    private final Level level;

    Counter(String name) {
      logger = Logger.getLogger(name);
      level = logger.getLevel();
      logger.setLevel(Level.FINE);
      logger.setUseParentHandlers(false);
      logger.addHandler(this);
    }

    @Override
    public void publish(LogRecord logged) {
      records.incrementAndGet();
    }

    @Override
    public void flush() {
      // The records are only counted.
    }

    @Override
    public void close() {
      logger.removeHandler(this);
      logger.setUseParentHandlers(true);
      logger.setLevel(level);
    }
  }
}
