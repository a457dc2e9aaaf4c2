/** The typing tool of a model: the search for its few features, its scores and its accuracy. */
package personas.export.typing;
