/** Formats, columns and ranges of tables, and the interfaces that read and write rows. */
package personas.table;
