/** Seeding: searches for starting centroids on a sample of the users. */
package personas.kmeans.seeding;
