package personas.model.timeline;

import java.util.Locale;
import personas.math.BinomialTail;
import personas.model.timeline.TimelineEvent.Kind;

/**
 * Finds growth and fading of a persona, or of all users, since a reference run. The reference is
 * the first run of the persona, or the last run with an event that changed its size. The reference
 * also reveals slow growth over many runs.
 *
 * <p>An event has two conditions. First, the size has grown by at least a quarter or has shrunk to
 * at most four fifths; the share of users that resampling moves widens both limits. Second, chance
 * does not explain the change. In a stable population, a user that changes persona is as likely to
 * come as to leave, so the number of users that came is binomial (Q. McNemar, 1947). If flows of
 * users are not known, the two sizes are compared as two independent samples (J. Przyborowski and
 * H. Wilenski, 1940).
 */
final class SizeEvents {
  private static final double LIMIT = 1.25;

  private final Integer thread;
  private String referenceLabel;
  private long referenceUsers;
  private double referenceShare;

  /** The number of users that came since the reference, and the number that left. */
  private long came;

  private long went;

  /** Whether the flows of users are known in all steps since the reference. */
  private boolean isPaired;

  /**
   * Begins a series with a run as the reference.
   *
   * @param thread the number of the persona; null for all users
   * @param run the reference run
   * @param users number of users of the persona in that run
   */
  SizeEvents(Integer thread, PastRun run, long users) {
    this.thread = thread;
    reset(run, users);
  }

  /**
   * A run in the timeline.
   *
   * @param index the index of the run
   * @param run the run
   * @param name the name of the counted persona, for messages
   */
  record TimelineRun(int index, PastRun run, String name) {}

  /** Makes a run the reference. */
  void reset(PastRun run, long users) {
    referenceLabel = run.label();
    referenceUsers = users;
    referenceShare = share(run, users);
    came = 0;
    went = 0;
    isPaired = true;
  }

  private static double share(PastRun run, long users) {
    return users / (double) Math.max(1, run.model().ledger().users());
  }

  /**
   * Adds a step from the previous run to the next run.
   *
   * @param isPairedStep whether the flows of users are known
   * @param users number of users in the next run
   * @param stayed number of users that have the persona in both runs
   * @param before number of users in the previous run
   */
  void add(boolean isPairedStep, long users, long stayed, long before) {
    isPaired &= isPairedStep;
    came += Math.max(0, users - stayed);
    went += Math.max(0, before - stayed);
  }

  /**
   * Returns the event of a run; null if there is none. If there is an event, the run becomes the
   * reference.
   *
   * @param now the run
   * @param users number of users of the persona in the run
   * @param noise the largest change of the size by resampling, as a share
   */
  TimelineEvent event(TimelineRun now, long users, double noise) {
    boolean isGrowth = users > referenceUsers;
    double ratio = users / (double) Math.max(1, referenceUsers);
    double limit = isGrowth ? LIMIT + noise : 1 / (LIMIT + noise);
    double chance = chance(isGrowth, users);
    boolean isLarge = isGrowth ? ratio >= limit : ratio <= limit;
    if (!isLarge || chance > FlowEvents.MAX_CHANCE || !hasOtherShare(isGrowth, now.run, users)) {
      return null;
    }
    String text =
        String.format(
            Locale.ROOT,
            "%s %s from %,d users in %s to %,d",
            now.name,
            isGrowth ? "grew" : "shrank",
            referenceUsers,
            referenceLabel,
            users);
    reset(now.run, users);
    return TimelineEvent.of(now.index, isGrowth ? Kind.GROWTH : Kind.FADE, thread, null, text)
        .with(ratio, limit, chance);
  }

  private double chance(boolean isGrowth, long users) {
    long more = isPaired ? came : users;
    long fewer = isPaired ? went : referenceUsers;
    return BinomialTail.atLeast(isGrowth ? more : fewer, more + fewer, 0.5);
  }

  /**
   * Returns whether the share of the persona changed too, by at least the square root of the limit;
   * true for all users together. Growth of all users is an event of all users, not of each persona.
   */
  private boolean hasOtherShare(boolean isGrowth, PastRun now, long users) {
    double share = share(now, users);
    double shareLimit = Math.sqrt(LIMIT);
    return thread == null
        || (isGrowth ? share >= shareLimit * referenceShare : share * shareLimit <= referenceShare);
  }
}
