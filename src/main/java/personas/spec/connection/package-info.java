/** Where tables and topics of other systems stand, and how a run reaches them. */
package personas.spec.connection;
