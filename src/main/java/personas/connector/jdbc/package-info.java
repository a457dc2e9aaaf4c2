/** Tables from and to databases with a JDBC driver. */
package personas.connector.jdbc;
