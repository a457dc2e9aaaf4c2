/** What a command prints: the progress line, the summary at the end, the help. */
package personas.cli.console;
