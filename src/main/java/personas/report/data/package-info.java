/** The report as records, and what it is built from. */
package personas.report.data;
