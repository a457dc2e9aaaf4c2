/** Users in columns, the format of staged shards and ids, and the sample. */
package personas.feature.shard;
