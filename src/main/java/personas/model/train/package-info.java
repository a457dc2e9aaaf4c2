/** A trained model from its parts: starting point, cluster ids, names. */
package personas.model.train;
