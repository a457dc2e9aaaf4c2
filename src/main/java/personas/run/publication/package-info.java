/** Replaces earlier results by the staged results of a run, exactly once and completely. */
package personas.run.publication;
