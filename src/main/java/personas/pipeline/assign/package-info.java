/** Assigns every user to a cluster. */
package personas.pipeline.assign;
