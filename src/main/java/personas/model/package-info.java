/** The model of a run as a record, and as the file {@code model.json}. */
package personas.model;
