/**
 * Centroids, the Lloyd kernel, its sums, the state of a run, seeding and metrics. This package may
 * import data and math.
 */
package personas.kmeans;
