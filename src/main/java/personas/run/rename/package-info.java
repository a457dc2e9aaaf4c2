/** Renames a persona in all results of a finished run. */
package personas.run.rename;
