/** Which k: stability, valleys between clusters, the rule. */
package personas.kmeans.selection;
