/** The start of K-Means and its unrolled iterations. */
package personas.pipeline.iterate;
