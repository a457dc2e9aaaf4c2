/**
 * Code that depends on the runner: settings, canceling, the owner of a staging folder, resuming,
 * and the file of the job graph.
 */
package personas.cli.runner;
