/** Reads and writes tables of Google BigQuery. */
package personas.connector.bigquery;
