/** Reads and writes Avro tables. */
package personas.table.avro;
