/** Parquet tables in and out. */
package personas.table.parquet;
