/** Builds the report of a run and writes its files. */
package personas.report;
