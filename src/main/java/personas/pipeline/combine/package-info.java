/** One coder and one combine function for every mergeable value. */
package personas.pipeline.combine;
