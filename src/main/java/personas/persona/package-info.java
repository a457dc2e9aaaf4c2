/** Declared personas, their matching to clusters, and generated names. */
package personas.persona;
