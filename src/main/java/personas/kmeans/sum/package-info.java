/** Sums of one pass over users: coordinates, distances and the farthest points. */
package personas.kmeans.sum;
