/** Reads tables of any format: the header, the ranges, the records of a range, and messages. */
package personas.table.read;
