/** The tables beside the model, as CSV text. */
package personas.model.table;
