/** Writes the results of a command as lines for a terminal. */
package personas.report.terminal;
