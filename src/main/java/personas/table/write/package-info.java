/** Tables with typed columns → files of any format. */
package personas.table.write;
