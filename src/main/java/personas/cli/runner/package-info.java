/**
 * Code that depends on the runner: settings, cancellation, the owner of a staging folder, resuming,
 * and the file of the job graph.
 */
package personas.cli.runner;
