/** The training of a model: starting centroids, cluster ids, names, and the model as a whole. */
package personas.model.train;
