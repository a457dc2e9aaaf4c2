/** Reads CSV records, and parses CSV results into typed rows. */
package personas.table.csv;
