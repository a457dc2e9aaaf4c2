/** A finished model as a library for Java programs, which needs no other library than Jackson. */
package personas;
