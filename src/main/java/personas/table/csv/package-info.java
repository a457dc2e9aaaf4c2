/** CSV records, and CSV back into typed rows. */
package personas.table.csv;
