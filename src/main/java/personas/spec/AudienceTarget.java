package personas.spec;

/** Where the lists of users of each persona go. Every run with such lists writes them as files. */
public enum AudienceTarget {
  /** Files beside the assignments. */
  FILES,
  /** Also a table of the database that {@code output.jdbc} names. */
  JDBC,
  /** Also a table of the dataset that {@code output.bigquery} names. */
  BIGQUERY,
  /** Also the topic that {@code output.kafka} names. */
  KAFKA;

  /** Returns whether the lists also go to a table or a topic. */
  public boolean needsTarget() {
    return this != FILES;
  }

  /** Returns the name of the table of the lists, which begins with the table of the assignments. */
  public static String table(String assignments) {
    return assignments + "_audiences";
  }
}
