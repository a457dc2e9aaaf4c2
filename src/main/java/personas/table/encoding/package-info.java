/** Encodings of features, which turn a value of a record into the double that shards hold. */
package personas.table.encoding;
