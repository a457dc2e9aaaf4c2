/** Tables and topics of other systems, and how a run connects to them. */
package personas.spec.connection;
