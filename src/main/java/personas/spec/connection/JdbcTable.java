package personas.spec.connection;

/**
 * A table of a database that takes the assignments.
 *
 * @param table its name, with its schema before a point where that is not the default
 */
public record JdbcTable(JdbcAccess access, String table) implements ResultTarget {}
