/** The CSV tables that belong to a model. */
package personas.model.table;
