/** The interfaces that a connector implements. */
package personas.connector.contract;
