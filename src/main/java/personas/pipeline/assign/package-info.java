/** Gives every user a cluster. */
package personas.pipeline.assign;
