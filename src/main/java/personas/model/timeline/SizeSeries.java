package personas.model.timeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import personas.model.compare.Migration;
import personas.model.timeline.SizeEvents.TimelineRun;

/** Follows the sizes of all personas, and of all users, from run to run with {@link SizeEvents}. */
final class SizeSeries {
  private final List<PastRun> runs;
  private final List<RunStep> steps;
  private final PersonaThreads threads;
  private final List<Set<Integer>> changed;
  private final List<TimelineEvent> events = new ArrayList<>();

  /**
   * Creates the series of all runs.
   *
   * @param changed by run, the personas whose size was changed by a flow event, which does not
   *     count as growth
   */
  SizeSeries(
      List<PastRun> runs, List<RunStep> steps, PersonaThreads threads, List<Set<Integer>> changed) {
    this.runs = runs;
    this.steps = steps;
    this.threads = threads;
    this.changed = changed;
  }

  /** Returns the events of all sizes. */
  List<TimelineEvent> events() {
    for (int thread = 0; thread < threads.count(); thread++) {
      addPersona(thread);
    }
    addAllUsers();
    return events;
  }

  private void addPersona(int thread) {
    SizeEvents sizes = null;
    for (int run = 0; run < runs.size(); run++) {
      int j = threads.clusterOf(run, thread);
      if (j < 0) {
        continue;
      }
      long users = runs.get(run).model().clusters().get(j).users();
      if (sizes == null) {
        sizes = new SizeEvents(thread, runs.get(run), users);
        continue;
      }
      RunStep step = steps.get(run - 1);
      int i = step.previousOf(j);
      sizes.add(step.knowsFlows(), users, step.flow(i, j), step.usersBefore(i));
      if (changed.get(run).contains(thread)) {
        sizes.reset(runs.get(run), users);
      }
      add(
          sizes.event(
              new TimelineRun(run, runs.get(run), step.nameNow(j)), users, step.sizeNoise(j)));
    }
  }

  private void addAllUsers() {
    long first = runs.get(0).model().ledger().users();
    SizeEvents sizes = new SizeEvents(null, runs.get(0), first);
    for (int run = 1; run < runs.size(); run++) {
      Migration migration = runs.get(run).migrationFrom(runs.get(run - 1));
      long users = runs.get(run).model().ledger().users();
      long before = runs.get(run - 1).model().ledger().users();
      long stayed = migration == null ? 0 : migration.before() - migration.leavers();
      sizes.add(migration != null, users, stayed, before);
      add(sizes.event(new TimelineRun(run, runs.get(run), "All personas together"), users, 0));
    }
  }

  private void add(TimelineEvent event) {
    if (event != null) {
      events.add(event);
    }
  }
}
