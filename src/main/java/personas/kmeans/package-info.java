/**
 * K-Means: centroids, the kernel, one pass over the shards, the state of the iteration, metrics.
 */
package personas.kmeans;
