/** Reads input files into staged shards: ranges, their boundaries, repeated ids and totals. */
package personas.pipeline.read;
