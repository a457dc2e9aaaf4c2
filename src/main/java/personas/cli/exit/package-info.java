/** How a command ends: exit codes, usage errors and verdicts. */
package personas.cli.exit;
