/** Declared personas, their matching with clusters, and generated names. */
package personas.persona;
