/** A finished model in the languages of other systems. */
package personas.export;
