/** Writes tables with typed columns to Avro and Parquet files. */
package personas.table.write;
