/** The choice of k: stability, valleys between clusters, and the rule that combines them. */
package personas.kmeans.selection;
