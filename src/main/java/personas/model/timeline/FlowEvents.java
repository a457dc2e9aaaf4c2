package personas.model.timeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import personas.model.timeline.TimelineEvent.Kind;

/**
 * Finds the events between two runs that flows of users explain: splits, merges, replacements and
 * flows. Personas without such an event are births or deaths.
 *
 * <p>A flow explains an event only if resampling does not explain the flow: the probability that
 * chance moves as many users must be at most {@link #MAX_CHANCE}. A model of an earlier version has
 * no resampled flow. Then the share of users alone decides, and the event has no probability.
 */
final class FlowEvents {
  /**
   * The largest probability of a false event in one test. A year of weekly runs with five personas
   * makes 260 tests of each kind, so a false event has a probability below 1%.
   */
  static final double MAX_CHANCE = 1e-5;

  /**
   * The share of a cluster's users that must come from, or go to, one cluster for a split, merge or
   * replacement.
   */
  private static final double MAIN_SHARE = 0.5;

  /** The smallest share of a persona's users whose flow to an existing persona is an event. */
  private static final double NOTABLE_SHARE = 0.2;

  private final int run;
  private final RunStep step;
  private final PersonaThreads threads;
  private final List<TimelineEvent> events = new ArrayList<>();

  FlowEvents(int run, RunStep step, PersonaThreads threads) {
    this.run = run;
    this.step = step;
    this.threads = threads;
  }

  /** Returns all events between the two runs. */
  List<TimelineEvent> events() {
    List<Integer> founded = new ArrayList<>();
    for (int i = 0; i < step.clustersBefore(); i++) {
      founded.addAll(findFounded(i));
      if (step.nowOf(i) >= 0) {
        addFlow(i);
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

  /**
   * Adds the events of an earlier cluster. Returns the new clusters that got at least half of their
   * users from the earlier cluster.
   */
  private List<Integer> findFounded(int i) {
    List<Integer> founded = new ArrayList<>();
    for (int j = 0; j < step.clustersNow(); j++) {
      boolean isMainSource =
          step.flow(i, j) > 0 && step.flow(i, j) >= MAIN_SHARE * step.usersNow(j);
      if (step.previousOf(j) < 0
          && step.mainSource(j) == i
          && isMainSource
          && exceedsChance(i, j)) {
        founded.add(j);
      }
    }
    boolean isGone = step.nowOf(i) < 0;
    if (isGone && founded.isEmpty()) {
      addEnd(i);
    } else if (isGone && founded.size() == 1 && step.share(i, founded.get(0)) >= MAIN_SHARE) {
      addMove(Kind.REPLACEMENT, i, founded.get(0), "%s was replaced: %s of its users are in %s");
    } else {
      founded.forEach(j -> addMove(Kind.SPLIT, i, j, "%s split: %s of its users went to %s"));
    }
    return founded;
  }

  private void addEnd(int i) {
    int target = step.mainTarget(i, -1);
    if (target >= 0 && step.share(i, target) >= MAIN_SHARE && exceedsChance(i, target)) {
      addMove(Kind.MERGE, i, target, "%s merged: %s of its users went to %s");
      return;
    }
    double leftShare =
        step.usersBefore(i) == 0 ? 0 : (double) step.leavers(i) / step.usersBefore(i);
    add(
        Kind.DEATH,
        i,
        null,
        step.knowsFlows() ? leftShare : null,
        step.knowsFlows() ? " ended: " + percent(leftShare) + " of its users left" : " ended");
  }

  private void addFlow(int i) {
    int target = step.mainTarget(i, step.nowOf(i));
    boolean isOther = target >= 0 && step.previousOf(target) >= 0;
    if (isOther && step.share(i, target) >= NOTABLE_SHARE && exceedsChance(i, target)) {
      addMove(Kind.FLOW, i, target, "%s lost users: %s of them went to %s");
    }
  }

  /**
   * Returns whether a flow is larger than chance explains; true if the probability is not known.
   */
  private boolean exceedsChance(int i, int j) {
    Double chance = step.chance(i, j);
    return chance == null || chance <= MAX_CHANCE;
  }

  private void addMove(Kind kind, int i, int j, String sentence) {
    Double resampled = step.resampled(i, j);
    String text =
        String.format(
            Locale.ROOT, sentence, step.nameBefore(i), percent(step.share(i, j)), step.nameNow(j));
    String test =
        resampled == null
            ? "; the models do not say how many users resampling moves"
            : "; resampling moves at most " + percent(resampled);
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
