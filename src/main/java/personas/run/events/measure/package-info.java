/**
 * Exact, mergeable accumulators of the measures of a user, and the blocks of bytes that carry them.
 */
package personas.run.events.measure;
