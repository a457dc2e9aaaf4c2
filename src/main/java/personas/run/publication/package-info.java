/**
 * Staged results take the place of earlier ones, once and completely: marker, state, obstacle and
 * end.
 */
package personas.run.publication;
