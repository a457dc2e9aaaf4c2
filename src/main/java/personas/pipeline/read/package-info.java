/** Files to staged shards: ranges, their boundaries, repeated ids and the totals. */
package personas.pipeline.read;
