package personas.model.timeline;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * An event between two runs that chance does not explain.
 *
 * @param run the index of the run that shows the event, from 0
 * @param kind the kind of event
 * @param persona the index of the persona in the timeline; null if the event concerns all users or
 *     a feature
 * @param other the index of the persona that the users moved to; null if there is none
 * @param text a sentence for people
 * @param figure the figure of the event, see {@link Kind}; null for events of names and ids
 * @param limit the limit that the figure is above, or below for {@link Kind#FADE}; null if there is
 *     no limit
 * @param chance the probability that chance alone gives at least this figure; null if it was not
 *     tested
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TimelineEvent(
    int run,
    Kind kind,
    Integer persona,
    Integer other,
    String text,
    Double figure,
    Double limit,
    Double chance) {

  /** The kind of an event. Events of one run are listed in this order. */
  public enum Kind {
    /**
     * At least half of the users of a new persona came from one persona. The figure is the share of
     * the users of the earlier persona that moved.
     */
    SPLIT,
    /**
     * A persona ended, and at least half of its users moved to another persona. The figure is the
     * share of the users of the ended persona that moved.
     */
    MERGE,
    /**
     * A persona ended, at least half of its users moved to a new persona, and they are at least
     * half of the users of the new persona. The figure is the share of the users of the ended
     * persona that moved.
     */
    REPLACEMENT,
    /**
     * A persona is new, and most of its users do not come from one earlier persona. The figure is
     * the persona's share of all users.
     */
    BIRTH,
    /**
     * A persona ended without a split, merge or replacement. The figure is the share of the
     * persona's users that are absent from the new run.
     */
    DEATH,
    /**
     * Users moved from one persona to another, and both personas are in both runs. The figure is
     * the share of the first persona's users that moved.
     */
    FLOW,
    /**
     * A persona, or all users together, grew by at least a quarter since a reference run, see
     * {@link SizeEvents}. The figure is the new number of users divided by the number in the
     * reference run.
     */
    GROWTH,
    /**
     * A persona, or all users together, shrank by at least a fifth since a reference run, see
     * {@link SizeEvents}. The figure is the new number of users divided by the number in the
     * reference run.
     */
    FADE,
    /** A persona has a new name. */
    RENAME,
    /** The values of a feature moved. The figure is the population stability index. */
    DRIFT,
    /** The column that identifies the users has changed. */
    ID_COLUMN,
    /** The user ids do not match the user ids of the previous run. */
    OTHER_IDS
  }

  static TimelineEvent of(int run, Kind kind, Integer persona, Integer other, String text) {
    return new TimelineEvent(run, kind, persona, other, text, null, null, null);
  }

  TimelineEvent with(Double figure, Double limit, Double chance) {
    return new TimelineEvent(run, kind, persona, other, text, figure, limit, chance);
  }
}
