package personas.inspect;

/**
 * What a spec makes of one column.
 *
 * @param column the column
 * @param role what it becomes
 * @param reason why, in a few words
 */
public record Proposal(ColumnProfile column, Role role, String reason) {
  /** What a column becomes. */
  public enum Role {
    ID("id"),
    FEATURE("feature"),
    PASS_THROUGH("copied"),
    /** The time of an event, if a row is an event. */
    TIME("time"),
    /** Its sum or mean over the events of a user is a feature. */
    MEASURE("measured"),
    SKIPPED("left out");

    private final String shown;

    Role(String shown) {
      this.shown = shown;
    }

    /** The role in words. */
    public String shown() {
      return shown;
    }
  }
}
