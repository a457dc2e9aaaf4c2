/**
 * K-Means: centroids, the kernel, the sums of one pass over the shards and the state of the
 * iteration.
 */
package personas.kmeans;
