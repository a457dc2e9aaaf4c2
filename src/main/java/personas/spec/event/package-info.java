/** How events become users: measures, their conditions and the columns that they need. */
package personas.spec.event;
