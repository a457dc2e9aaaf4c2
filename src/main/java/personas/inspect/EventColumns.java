package personas.inspect;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import personas.text.IdNames;

/**
 * Finds out whether a row of a table is an event, and which columns measure the events of a user.
 */
final class EventColumns {
  /** If an id has at least this mean number of records, a row is an event. */
  private static final double MIN_EVENTS = 2;

  private static final int MIN_USERS = 20;
  private static final double MIN_TIME_SHARE = 0.95;
  private static final int MAX_MEASURES = 20;

  /** The smallest number that may be seconds since 1970. It is a time in 1990. */
  private static final double MIN_EPOCH = 631_152_000;

  /** Names of people. Accounts are not included, because several users may share an account. */
  private static final Pattern ACTOR =
      Pattern.compile(
          ".*(user|customer|client|member|kunde|person|visitor|subscriber|cust).*",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern TIME_NAME =
      Pattern.compile("(.*[^a-z])?(ts|epoch)|.*(time|date|stamp|_at$|datum).*");
  private static final Pattern AMOUNT_NAME =
      Pattern.compile(
          ".*(amount|revenue|spend|spent|total|sales|turnover|cost|fee|tax|discount|payment|charge"
              + "|quantity|qty|count|units|items|points|duration|minutes|seconds|bytes|volume|betrag"
              + "|umsatz|menge).*");

  private final List<Proposal> columns;
  private final long records;

  /**
   * Creates a chooser.
   *
   * @param columns the proposals under the assumption that a row is a user
   * @param records the number of records that were read
   */
  EventColumns(List<Proposal> columns, long records) {
    this.columns = columns;
    this.records = records;
  }

  /**
   * Returns proposals for events if ids repeat and a column is a time; otherwise returns the given
   * proposals.
   */
  List<Proposal> choose() {
    ColumnProfile id = id();
    ColumnProfile time = time();
    if (id == null || time == null) {
      return columns;
    }
    List<Proposal> events = new ArrayList<>();
    int measures = 0;
    for (Proposal proposal : columns) {
      Proposal event =
          proposal.column() == id
              ? new Proposal(id, Proposal.Role.ID, idReason(id))
              : event(proposal, time, measures);
      measures += event.role() == Proposal.Role.MEASURE ? 1 : 0;
      events.add(event);
    }
    return events;
  }

  /**
   * Returns the repeating id of users, or null. If another id is unique and named like a user, a
   * row is a user.
   */
  private ColumnProfile id() {
    ColumnProfile actor = null;
    for (Proposal proposal : columns) {
      ColumnProfile column = proposal.column();
      if (proposal.role() == Proposal.Role.ID) {
        if (column.recordsOfLevel() >= MIN_EVENTS) {
          return column;
        }
        if (ACTOR.matcher(column.name()).matches()) {
          return null;
        }
      } else if (actor == null && isActor(proposal)) {
        actor = column;
      }
    }
    return actor;
  }

  private static String idReason(ColumnProfile id) {
    return String.format(
        Locale.ROOT,
        "%,d users%s, each with %.1f events on average",
        id.distinct(),
        id.distinct() == ColumnProfile.MAX_LEVELS ? " or more" : "",
        id.recordsOfLevel());
  }

  private boolean isActor(Proposal proposal) {
    ColumnProfile column = proposal.column();
    boolean whole = column.type() != ColumnType.NUMERIC || column.isWhole();
    return isNamedOnce(column.name())
        && column.type() != ColumnType.DATE
        && whole
        && ACTOR.matcher(column.name()).matches()
        && IdNames.isNamedLikeId(column.name())
        && column.distinct() >= MIN_USERS
        && column.present() > records / 2
        && column.recordsOfLevel() >= MIN_EVENTS;
  }

  /**
   * Returns whether a spec can name a column. The role alone does not tell this: a column user_id
   * is skipped, because the results have a column of this name, but a spec can name it as the id.
   */
  private boolean isNamedOnce(String name) {
    return columns.stream().filter(proposal -> proposal.column().name().equals(name)).count() == 1
        && name.chars().noneMatch(Character::isISOControl);
  }

  /** Returns the first of the time columns with the most distinct values, or null. */
  private ColumnProfile time() {
    ColumnProfile best = null;
    for (Proposal proposal : columns) {
      ColumnProfile column = proposal.column();
      boolean usable =
          proposal.role() != Proposal.Role.ID && proposal.role() != Proposal.Role.SKIPPED;
      if (usable && isTime(column) && (best == null || column.distinct() > best.distinct())) {
        best = column;
      }
    }
    return best;
  }

  private boolean isTime(ColumnProfile column) {
    if (column.times() < MIN_TIME_SHARE * records) {
      return false;
    }
    return column.type() == ColumnType.DATE
        || (column.type() == ColumnType.NUMERIC
            && column.isWhole()
            && column.min() >= MIN_EPOCH
            && TIME_NAME.matcher(column.name().toLowerCase(Locale.ROOT)).matches());
  }

  private static Proposal event(Proposal row, ColumnProfile time, int measures) {
    ColumnProfile column = row.column();
    if (column == time) {
      return new Proposal(column, Proposal.Role.TIME, "when the event was");
    }
    if (row.role() != Proposal.Role.FEATURE) {
      String reason = row.role() == Proposal.Role.ID ? "unique: the id of the event" : row.reason();
      return new Proposal(column, Proposal.Role.SKIPPED, reason);
    }
    if (column.type() != ColumnType.NUMERIC || !column.formats().isEmpty()) {
      String reason =
          column.type() == ColumnType.NUMERIC
              ? "a measure cannot read numbers with a currency, percent sign or parentheses"
              : column.type().label();
      return new Proposal(column, Proposal.Role.SKIPPED, reason);
    }
    if (measures == MAX_MEASURES) {
      return new Proposal(
          column, Proposal.Role.SKIPPED, MAX_MEASURES + " other columns are already measured");
    }
    return isAmount(column)
        ? new Proposal(column, Proposal.Role.MEASURE, "sum: an amount by its name")
        : new Proposal(column, Proposal.Role.MEASURE, "mean: not named like an amount");
  }

  /**
   * Returns whether a column is named like an amount, whose sum over the events of a user is
   * useful.
   */
  static boolean isAmount(ColumnProfile column) {
    return AMOUNT_NAME.matcher(column.name().toLowerCase(Locale.ROOT)).matches();
  }
}
