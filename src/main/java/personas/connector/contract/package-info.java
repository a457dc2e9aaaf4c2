/** What a connector implements. */
package personas.connector.contract;
