/** Writes names, texts and numbers as SQL for each database. */
package personas.text.sql;
