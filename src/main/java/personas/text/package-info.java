/** Text in and out: CSV fields, numbers, UTF-8, the nearest name, text for terminals. */
package personas.text;
