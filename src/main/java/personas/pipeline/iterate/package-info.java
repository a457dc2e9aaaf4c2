/** Seeds the centroids and unrolls the iterations. */
package personas.pipeline.iterate;
