/** One class per command; BatchCommand runs the jobs of segment and score. */
package personas.cli.command;
