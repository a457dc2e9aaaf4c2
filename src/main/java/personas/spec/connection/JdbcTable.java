package personas.spec.connection;

/**
 * A table of a database that takes the assignments.
 *
 * @param access how the run connects to the database
 * @param table the name of the table, or {@code schema.table}
 */
public record JdbcTable(JdbcAccess access, String table) implements ResultTarget {}
