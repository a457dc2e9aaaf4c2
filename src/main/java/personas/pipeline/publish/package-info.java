/** Publishes the results of a run once. */
package personas.pipeline.publish;
