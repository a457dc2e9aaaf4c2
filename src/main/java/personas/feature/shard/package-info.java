/** Users in columns, the formats of staged shards and ids, and samples of users. */
package personas.feature.shard;
