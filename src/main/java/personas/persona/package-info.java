/**
 * Declared profiles, their matching to clusters, and names made for the rest. This package may
 * import kmeans and below.
 */
package personas.persona;
