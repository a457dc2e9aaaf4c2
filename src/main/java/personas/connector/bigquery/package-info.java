/** BigQuery: a table or a query as the input of a run, a table as its output. */
package personas.connector.bigquery;
