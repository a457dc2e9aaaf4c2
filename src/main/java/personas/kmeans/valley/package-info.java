/** The depth of the valley of users between two neighboring clusters. */
package personas.kmeans.valley;
