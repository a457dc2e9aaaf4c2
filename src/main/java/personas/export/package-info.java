/** Exports a finished model to the languages of other systems. */
package personas.export;
