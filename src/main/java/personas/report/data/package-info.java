/** The report as records, and the inputs that it is computed from. */
package personas.report.data;
