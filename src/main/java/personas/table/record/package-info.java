/** Checks records one by one and builds users. */
package personas.table.record;
