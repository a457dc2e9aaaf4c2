/** The jobs that commands start and wait for. */
package personas.cli.job;
