/** The users of earlier runs, followed from run to run. */
package personas.run.history;
