/** The list of all sources and sinks. */
package personas.connector;
