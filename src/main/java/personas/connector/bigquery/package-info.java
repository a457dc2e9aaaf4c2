/** Tables from and to Google BigQuery. */
package personas.connector.bigquery;
