/** The model of a run and the tables beside it, as files. */
package personas.model;
