/** Reads JSON lines. */
package personas.table.json;
