package personas.model.timeline;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * Something that happened between two runs and that chance does not explain.
 *
 * @param run the place of the run that shows it, from 0
 * @param kind what happened
 * @param persona the place of the persona in the timeline; null if it is of all users or a feature
 * @param other the place of the persona that the users went to; null if there is none
 * @param text a sentence for people
 * @param figure the figure that decided, see {@link Kind}; null for a name and an id
 * @param limit what the figure would have to stay within; null if there is no limit
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

  /** What happened, in the order in which the events of one run are listed. */
  public enum Kind {
    /** A persona gave at least half of the users of a new one; the share of users that went. */
    SPLIT,
    /** A persona ended, and at least half of its users went to another one; their share. */
    MERGE,
    /** A persona ended, and a new one has most of its users; their share. */
    REPLACEMENT,
    /** A new persona that came from no other one; the share of all users. */
    BIRTH,
    /** A persona ended, and its users went to no other one in particular; the share that left. */
    DEATH,
    /** Users went from one persona to another, and both exist on; their share. */
    FLOW,
    /** A persona has a quarter more users than at a reference run; how many times as many. */
    GROWTH,
    /** A persona has a fifth fewer users than at a reference run; how many times as many. */
    FADE,
    /** A persona has another name. */
    RENAME,
    /** The values of a feature moved; the population stability index. */
    DRIFT,
    /** The users are identified by another column. */
    ID_COLUMN,
    /** The ids of the users are not those of the run before. */
    OTHER_IDS
  }

  static TimelineEvent of(int run, Kind kind, Integer persona, Integer other, String text) {
    return new TimelineEvent(run, kind, persona, other, text, null, null, null);
  }

  TimelineEvent with(Double figure, Double limit, Double chance) {
    return new TimelineEvent(run, kind, persona, other, text, figure, limit, chance);
  }
}
