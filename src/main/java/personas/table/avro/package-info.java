/** Avro tables in and out. */
package personas.table.avro;
