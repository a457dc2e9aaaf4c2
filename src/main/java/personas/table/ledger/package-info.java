/** Accepted and rejected records; exceptions that refuse an input. */
package personas.table.ledger;
