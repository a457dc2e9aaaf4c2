/** The model of a run, as a file. */
package personas.model;
