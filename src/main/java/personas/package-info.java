/**
 * The library for Java programs that give users a persona with a finished model. Jackson and
 * FastDoubleParser are the only libraries that it needs.
 */
package personas;
