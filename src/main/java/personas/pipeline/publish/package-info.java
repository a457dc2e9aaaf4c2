/** Publishes the results of a run. */
package personas.pipeline.publish;
