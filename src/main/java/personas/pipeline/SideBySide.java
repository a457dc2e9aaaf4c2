package personas.pipeline;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.metrics.MetricsContainer;
import org.apache.beam.sdk.metrics.MetricsEnvironment;
import org.apache.beam.sdk.transforms.Create;

/**
 * Tasks that one element holds, worked off on all cores of the machine. On a cluster an element is
 * one task, and the engine spreads them. An engine in this process gets one thread, and all tasks
 * of a step in one element: there is nothing to be grouped, merged or broadcast between the steps,
 * which is most of what such an engine costs. The direct runner's scheduler, moreover, never rests:
 * with more threads it takes a core wherever a step leaves one free, from the compiler and from the
 * threads that a single task has of its own.
 */
final class SideBySide {
  private SideBySide() {}

  /** What is made of a task. */
  interface Work<T, R> {
    R of(T task) throws IOException;
  }

  /** The numbers of so many slots. */
  static List<Integer> all(int slots) {
    return IntStream.range(0, slots).boxed().toList();
  }

  /** The numbers of a plan's slots, an element each. */
  static Create.Values<Integer> slots(RunPlan plan) {
    return Create.of(all(plan.slots())).withCoder(VarIntCoder.of());
  }

  /**
   * What became of each task, in their order.
   *
   * @throws IOException that of a task which failed; tasks that had not begun by then are left
   */
  static <T, R> List<R> map(List<T> tasks, Work<T, R> work) throws IOException {
    if (tasks.size() == 1) {
      return List.of(work.of(tasks.get(0)));
    }
    Lanes<T, R> lanes = new Lanes<>(tasks, work, MetricsEnvironment.getCurrentContainer());
    int threads = Math.min(tasks.size(), ForkJoinPool.getCommonPoolParallelism() + 1);
    IntStream.range(0, threads).parallel().forEach(lane -> lanes.work());
    if (lanes.failure != null) {
      throw lanes.failure;
    }
    return lanes.results;
  }

  /** Each takes the next task when it is done with one, so that none waits long at the end. */
  private static final class Lanes<T, R> {
    private final List<T> tasks;
    private final List<R> results;
    private final Work<T, R> work;
    private final MetricsContainer metrics;
    private final AtomicInteger next = new AtomicInteger();
    private volatile IOException failure;

    Lanes(List<T> tasks, Work<T, R> work, MetricsContainer metrics) {
      this.tasks = tasks;
      this.results = new ArrayList<>(Collections.nCopies(tasks.size(), null));
      this.work = work;
      this.metrics = metrics;
    }

    void work() {
      // Beam's counters count for the thread that they are in.
      MetricsContainer before = MetricsEnvironment.setCurrentContainer(metrics);
      try {
        for (int i = next.getAndIncrement();
            i < tasks.size() && failure == null;
            i = next.getAndIncrement()) {
          results.set(i, work.of(tasks.get(i)));
        }
      } catch (IOException e) {
        failure = e;
      } finally {
        MetricsEnvironment.setCurrentContainer(before);
      }
    }
  }
}
