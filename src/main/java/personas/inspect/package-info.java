/**
 * Inspects a table and writes a spec for it. Reads the table with the parsers of {@code
 * personas.table} and does not use Beam.
 */
package personas.inspect;
