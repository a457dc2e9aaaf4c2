/** Starting centroids from the sample. */
package personas.kmeans.seeding;
