/**
 * Exact sums, the grid that makes sums of points exact, and hashing. This package imports nothing
 * of this project.
 */
package personas.math;
