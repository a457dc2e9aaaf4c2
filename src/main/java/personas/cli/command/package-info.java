/** One class per command. */
package personas.cli.command;
