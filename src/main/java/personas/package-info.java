/**
 * The library for Java programs that give users a persona with a finished model. Jackson is the
 * only library that it needs.
 */
package personas;
