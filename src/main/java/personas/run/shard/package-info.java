/**
 * The work on staged shards: reading ranges into shards, the sums and the assignments of a slot.
 */
package personas.run.shard;
