/** Encodings of features: how a value of a record becomes the double that shards hold. */
package personas.table.encoding;
