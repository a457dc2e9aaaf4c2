/** A trained model from its parts: starting points and names. */
package personas.model.train;
