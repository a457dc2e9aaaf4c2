package personas.cli.console;

import java.io.IOException;
import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import personas.run.Progress;
import personas.run.ProgressFiles;
import personas.run.RunPlan;

/**
 * Shows the progress of a job: on a terminal one line that is updated, otherwise a new line every
 * few seconds if the progress has changed.
 */
public final class ProgressLine implements AutoCloseable {
  private static final long TERMINAL_MILLIS = 300;
  private static final long PLAIN_MILLIS = 5_000;

  private final RunPlan plan;
  private final PrintStream out;
  private final boolean isTerminal;
  private final long start = System.nanoTime();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread thread = new Thread(this::show, "progress");
  private Progress lastProgress = Progress.NONE;

  /**
   * Starts to show the progress.
   *
   * @param plan the plan of the run
   * @param out where the progress is shown
   * @param isTerminal whether {@code out} is a terminal
   */
  public ProgressLine(RunPlan plan, PrintStream out, boolean isTerminal) {
    this.plan = plan;
    this.out = out;
    this.isTerminal = isTerminal;
    thread.setDaemon(true);
    thread.start();
  }

  private void show() {
    try {
      while (!ended.await(isTerminal ? TERMINAL_MILLIS : PLAIN_MILLIS, TimeUnit.MILLISECONDS)) {
        try {
          show(ProgressFiles.progress(plan.stagingFolder()));
        } catch (IOException | RuntimeException notNow) {
          // The job may change the folder during the read; the next read shows the progress.
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void show(Progress progress) {
    long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
    if (isTerminal) {
      out.print("\r\u001b[2K" + line(progress, seconds));
      out.flush();
    } else if (!progress.equals(lastProgress)) {
      out.println(line(progress, seconds));
    }
    lastProgress = progress;
  }

  static String line(Progress progress, long seconds) {
    StringBuilder line = new StringBuilder();
    line.append(String.format(Locale.ROOT, "%-9s  read %,d", phase(progress), progress.read()));
    if (progress.rejected() > 0) {
      line.append(String.format(Locale.ROOT, ", rejected %,d", progress.rejected()));
    }
    if (progress.pass().isEmpty() && progress.clusterings().isPresent()) {
      int clusterings = progress.clusterings().getAsInt();
      line.append(String.format(Locale.ROOT, "  compared %,d clusterings", clusterings));
    }
    progress.pass().ifPresent(pass -> line.append(text(pass)));
    if (progress.assigned() > 0) {
      line.append(String.format(Locale.ROOT, "  assigned %,d", progress.assigned()));
    }
    return line.append("  ").append(seconds).append(" s").toString();
  }

  private static String text(Progress.Pass pass) {
    return String.format(
        Locale.ROOT,
        "  iteration %d, inertia %.6g, largest shift %.2gσ",
        pass.iteration(),
        pass.inertia(),
        pass.largestShift());
  }

  private static String phase(Progress progress) {
    if (progress.assigned() > 0) {
      return "assigning";
    }
    if (progress.pass().isPresent()) {
      return "iterating";
    }
    return progress.clusterings().isPresent() ? "seeding" : "reading";
  }

  /** Stops the display, and clears the line on a terminal. */
  @Override
  public void close() {
    ended.countDown();
    try {
      thread.join(1_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (isTerminal) {
      out.print("\r\u001b[2K");
      out.flush();
    }
  }
}
