/**
 * Flags and spec to the plan of a run, which is refused here if it cannot run; the files and
 * folders that a command reads and writes.
 */
package personas.cli.plan;
