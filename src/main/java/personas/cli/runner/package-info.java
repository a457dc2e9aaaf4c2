/**
 * What differs by runner: settings, cancelling, the owner of a staging folder, the file of the job
 * graph.
 */
package personas.cli.runner;
