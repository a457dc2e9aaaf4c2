/** Reads and writes tables of a database with a JDBC driver. */
package personas.connector.jdbc;
