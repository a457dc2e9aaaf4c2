/**
 * Counts and examples of accepted and rejected records, and the exceptions that refuse an input.
 */
package personas.table.ledger;
