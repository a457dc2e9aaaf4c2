/** Ranges of bytes and streams, with gzip. */
package personas.table.bytes;
