package personas.spec;

/**
 * Where a run writes the lists of the users of each persona. Every run with such lists writes
 * files; some targets receive the lists in addition.
 */
public enum AudienceTarget {
  /** Only files beside the assignments. */
  FILES,
  /** Files, and a table of the database that {@code output.jdbc} names. */
  JDBC,
  /** Files, and a table of the dataset that {@code output.bigquery} names. */
  BIGQUERY,
  /** Files, and the topic that {@code output.kafka} names. */
  KAFKA;

  /** Returns whether the lists are also written to a table or a topic. */
  public boolean needsTarget() {
    return this != FILES;
  }

  /**
   * Returns the name of the table of the lists.
   *
   * @param assignments the name of the table of the assignments
   */
  public static String table(String assignments) {
    return assignments + "_audiences";
  }
}
