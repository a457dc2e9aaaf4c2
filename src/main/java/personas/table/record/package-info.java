/** Checks one record after the other and builds users. */
package personas.table.record;
