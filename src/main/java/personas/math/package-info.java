/** Exact sums, the grid of z-scores, hashing, random numbers, linear assignment. */
package personas.math;
