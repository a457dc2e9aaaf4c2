/**
 * Exact, mergeable accumulators of the measures of users, and the blocks of bytes that hold them.
 */
package personas.run.events.measure;
