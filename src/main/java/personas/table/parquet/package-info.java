/** Reads and writes Parquet tables. */
package personas.table.parquet;
