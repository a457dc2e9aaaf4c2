package personas.spec;

/** Where the lists of users of each persona go. There are files in any case. */
public enum AudienceTarget {
  /** Files beside the assignments. */
  FILES,
  /** Also a table of the database that {@code output.jdbc} names. */
  JDBC,
  /** Also a table of the dataset that {@code output.bigquery} names. */
  BIGQUERY,
  /** Also the topic that {@code output.kafka} names. */
  KAFKA;

  /** Whether the lists also go to a table or a topic. */
  public boolean isTable() {
    return this != FILES;
  }

  /** The table of the lists, named after the table of the assignments. */
  public static String table(String assignments) {
    return assignments + "_audiences";
  }
}
