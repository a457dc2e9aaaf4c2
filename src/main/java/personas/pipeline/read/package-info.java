/**
 * Reads the input: files become staged shards, boundaries are settled, ids are compared, totals are
 * merged.
 */
package personas.pipeline.read;
