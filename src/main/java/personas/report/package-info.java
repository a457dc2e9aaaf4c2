/** A finished model in, text or picture out. This package may import model and below. */
package personas.report;
