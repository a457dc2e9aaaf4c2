/** The address of a stream, and a message. */
package personas.connector.stream;
