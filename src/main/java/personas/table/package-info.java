/** Formats, columns and ranges of tables; the interfaces of rows in and out. */
package personas.table;
