/** Flags and spec to the plan of a run, which is refused here if it cannot run. */
package personas.cli.plan;
