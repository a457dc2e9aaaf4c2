/** Values that the steps of a run pass to each other. */
package personas.run.state;
