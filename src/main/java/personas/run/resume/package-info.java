/** What a stopped run has saved, and whether another run may continue it. */
package personas.run.resume;
