/** The saved states of a stopped run, and the check whether another run can continue it. */
package personas.run.resume;
