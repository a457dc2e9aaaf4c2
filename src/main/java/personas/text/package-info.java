/** Parses and writes texts: CSV fields, numbers, times, UTF-8, names, and texts for terminals. */
package personas.text;
