/** Addresses and messages of streams. */
package personas.connector.stream;
