/**
 * Benchmarks of the parts of the program, and comparisons with other libraries. The package imports
 * the parts of the project without Beam. It is not shipped.
 */
package personas.bench;
