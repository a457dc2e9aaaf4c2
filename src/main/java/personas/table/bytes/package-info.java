/** Ranges of bytes, and streams of bytes with and without gzip. */
package personas.table.bytes;
