/** Publishes the results of a run exactly once. */
package personas.pipeline.publish;
