/** The combine function that merges values, and the coders of the values. */
package personas.pipeline.combine;
