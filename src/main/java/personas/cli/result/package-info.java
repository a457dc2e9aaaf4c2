/** The files and folders that a command reads and writes, and the results of finished runs. */
package personas.cli.result;
