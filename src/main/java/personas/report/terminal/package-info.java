/** The results of a run as lines for a terminal. */
package personas.report.terminal;
