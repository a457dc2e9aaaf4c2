/** Databases: a query as the input of a run, a table of PostgreSQL as its output. */
package personas.connector.jdbc;
