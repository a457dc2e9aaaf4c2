/** Opens any format: header, ranges, one range, one message. */
package personas.table.read;
