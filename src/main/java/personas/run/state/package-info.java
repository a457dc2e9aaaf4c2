/** Values that the steps of a run hand to each other. */
package personas.run.state;
