/** Reads ranges into staged shards, and computes the sums and the assignments of a slot. */
package personas.run.shard;
