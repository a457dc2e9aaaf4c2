/**
 * Exact sums, the grid of z-scores, hashing, random numbers, tail probabilities and linear
 * assignment. The package uses the JDK only.
 */
package personas.math;
