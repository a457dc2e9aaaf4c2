/** Prints the progress line, the summary at the end of a command, and the help. */
package personas.cli.console;
