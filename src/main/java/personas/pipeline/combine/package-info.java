/** The combine function and the coders of values that merge. */
package personas.pipeline.combine;
