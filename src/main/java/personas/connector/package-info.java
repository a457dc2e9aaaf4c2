/** Checks sources and sinks before a run starts. */
package personas.connector;
