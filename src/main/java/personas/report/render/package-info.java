/** The HTML page, the JSON and the scatter picture of a report. */
package personas.report.render;
