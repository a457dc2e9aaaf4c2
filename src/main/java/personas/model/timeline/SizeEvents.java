package personas.model.timeline;

import java.util.Locale;
import personas.math.BinomialTail;
import personas.model.timeline.TimelineEvent.Kind;

/**
 * Growth and fading of a persona, or of all users, since a reference run: its first run, or the
 * last run with an event that changed its size. The steps add up, so that slow growth is found too.
 *
 * <p>Two things must hold. The size has changed by a quarter (or, for less users, to four fifths),
 * beyond what resampling moves. And chance does not explain it: of users who came to the persona
 * and users who left it, each is as likely in a population that stays the same, so the number of
 * those who came is binomial (Q. McNemar, 1947). If it is not known who went where, the same test
 * is made with the two sizes, as of two independent samples (J. Przyborowski and H. Wilenski,
 * 1940).
 */
final class SizeEvents {
  private static final double LIMIT = 1.25;

  private final Integer thread;
  private String referenceLabel;
  private long referenceUsers;
  private double referenceShare;
  private long came;
  private long went;
  private boolean isPaired;

  /**
   * @param thread the persona; null for all users
   */
  SizeEvents(Integer thread, PastRun run, long users) {
    this.thread = thread;
    reset(run, users);
  }

  /** A run, its place in the timeline, and what is counted in it, in words. */
  record Place(int number, PastRun run, String what) {}

  /** Takes a run as the reference. */
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
   * A step of the persona.
   *
   * @param users now
   * @param stayed users who were and are in it
   * @param before users in the previous run
   */
  void add(boolean isPairedStep, long users, long stayed, long before) {
    isPaired &= isPairedStep;
    came += Math.max(0, users - stayed);
    went += Math.max(0, before - stayed);
  }

  /**
   * The event of a run; null if there is none. An event makes the run the reference.
   *
   * @param now the run
   * @param noise by how much resampling changes the size, as a share
   */
  TimelineEvent event(Place now, long users, double noise) {
    boolean isGrowth = users > referenceUsers;
    double ratio = users / (double) Math.max(1, referenceUsers);
    double limit = isGrowth ? LIMIT + noise : 1 / (LIMIT + noise);
    double chance = chance(isGrowth, users);
    boolean isLarge = isGrowth ? ratio >= limit : ratio <= limit;
    if (!isLarge || chance > FlowEvents.MAX_CHANCE || !isOfThePersona(isGrowth, now.run, users)) {
      return null;
    }
    String text =
        String.format(
            Locale.ROOT,
            "%s %s from %,d users in %s to %,d",
            now.what,
            isGrowth ? "grew" : "shrank",
            referenceUsers,
            referenceLabel,
            users);
    reset(now.run, users);
    return TimelineEvent.of(now.number, isGrowth ? Kind.GROWTH : Kind.FADE, thread, null, text)
        .with(ratio, limit, chance);
  }

  private double chance(boolean isGrowth, long users) {
    long more = isPaired ? came : users;
    long fewer = isPaired ? went : referenceUsers;
    return BinomialTail.atLeast(isGrowth ? more : fewer, more + fewer, 0.5);
  }

  /** If all users grow by as much, that is an event of all users and not of each persona. */
  private boolean isOfThePersona(boolean isGrowth, PastRun now, long users) {
    double share = share(now, users);
    double half = Math.sqrt(LIMIT);
    return thread == null
        || (isGrowth ? share >= half * referenceShare : share * half <= referenceShare);
  }
}
