/** The typing tool of a model: the search for features, the scores and the accuracy. */
package personas.export.typing;
