package personas.spec;

import java.io.Serializable;

/**
 * Users that a query gives, in its own order.
 *
 * @param query one SELECT
 */
public record JdbcQuery(JdbcAccess access, String query) implements Serializable {}
