package personas.model.timeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import personas.model.timeline.TimelineEvent.Kind;

/**
 * The events of a step that the flows of users explain: splits, merges, replacements, and births
 * and deaths without either.
 *
 * <p>A flow explains an event only if it exceeds what resampling gives: if the probability that
 * chance moves as many users is at most {@link #MAX_CHANCE}. A model of an earlier version does not
 * say what resampling gives; then the share alone decides, and the event has no chance.
 */
final class FlowEvents {
  /**
   * One false event in 100,000 tests: a year of five personas makes 260 tests of each kind, so that
   * it shows a false event with a probability below 1%.
   */
  static final double MAX_CHANCE = 1e-5;

  /** Most users: a cluster that has or gives less came from, or went to, no one in particular. */
  private static final double MOST = 0.5;

  /** The share of a persona's users from which on a flow to another one that exists is an event. */
  private static final double NOTABLE = 0.2;

  private final int run;
  private final RunStep step;
  private final PersonaThreads threads;
  private final List<TimelineEvent> events = new ArrayList<>();

  FlowEvents(int run, RunStep step, PersonaThreads threads) {
    this.run = run;
    this.step = step;
    this.threads = threads;
  }

  List<TimelineEvent> all() {
    List<Integer> founded = new ArrayList<>();
    for (int i = 0; i < step.clustersBefore(); i++) {
      founded.addAll(founding(i));
      if (step.nowOf(i) >= 0) {
        flowToOther(i);
      }
    }
    for (int j = 0; j < step.clustersNow(); j++) {
      if (step.previousOf(j) < 0 && !founded.contains(j)) {
        double share = step.now().model().clusters().get(j).share();
        add(Kind.BIRTH, null, j, share, " is new: it has " + percent(share) + " of all users");
      }
    }
    return events;
  }

  /** The new clusters that most users came to from an earlier one; adds what became of that. */
  private List<Integer> founding(int i) {
    List<Integer> founded = new ArrayList<>();
    for (int j = 0; j < step.clustersNow(); j++) {
      boolean isMost = step.flow(i, j) > 0 && step.flow(i, j) >= MOST * step.usersNow(j);
      if (step.previousOf(j) < 0 && step.mainSource(j) == i && isMost && exceeds(i, j)) {
        founded.add(j);
      }
    }
    boolean isGone = step.nowOf(i) < 0;
    if (isGone && founded.isEmpty()) {
      end(i);
    } else if (isGone && founded.size() == 1 && step.share(i, founded.get(0)) >= MOST) {
      move(Kind.REPLACEMENT, i, founded.get(0), "%s was replaced: %s of its users are in %s");
    } else {
      founded.forEach(j -> move(Kind.SPLIT, i, j, "%s split: %s of its users went to %s"));
    }
    return founded;
  }

  private void end(int i) {
    int target = step.mainTarget(i, -1);
    if (target >= 0 && step.share(i, target) >= MOST && exceeds(i, target)) {
      move(Kind.MERGE, i, target, "%s merged: %s of its users went to %s");
      return;
    }
    double left = step.usersBefore(i) == 0 ? 0 : (double) step.leavers(i) / step.usersBefore(i);
    add(
        Kind.DEATH,
        i,
        null,
        step.knowsFlows() ? left : null,
        step.knowsFlows() ? " ended: " + percent(left) + " of its users left" : " ended");
  }

  private void flowToOther(int i) {
    int target = step.mainTarget(i, step.nowOf(i));
    boolean isOther = target >= 0 && step.previousOf(target) >= 0;
    if (isOther && step.share(i, target) >= NOTABLE && exceeds(i, target)) {
      move(Kind.FLOW, i, target, "%s lost users: %s of them went to %s");
    }
  }

  private boolean exceeds(int i, int j) {
    Double chance = step.chance(i, j);
    return chance == null || chance <= MAX_CHANCE;
  }

  private void move(Kind kind, int i, int j, String sentence) {
    Double resampled = step.resampled(i, j);
    String text =
        String.format(
            Locale.ROOT, sentence, step.nameBefore(i), percent(step.share(i, j)), step.nameNow(j));
    String test =
        resampled == null
            ? "; the models do not say what resampling moves"
            : "; resampling the same users moves at most " + percent(resampled);
    events.add(
        TimelineEvent.of(run, kind, threads.of(run - 1, i), threads.of(run, j), text + test)
            .with(step.share(i, j), resampled, step.chance(i, j)));
  }

  private void add(Kind kind, Integer before, Integer now, Double figure, String text) {
    String name = before == null ? step.nameNow(now) : step.nameBefore(before);
    int thread = before == null ? threads.of(run, now) : threads.of(run - 1, before);
    events.add(TimelineEvent.of(run, kind, thread, null, name + text).with(figure, null, null));
  }

  static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f%%", 100 * share);
  }
}
