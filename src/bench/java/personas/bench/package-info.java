/**
 * What the parts and the competition cost. Imports all of the project that has no Beam in it;
 * nothing of it is shipped.
 */
package personas.bench;
