/** Names, texts and numbers as SQL writes them, for each database. */
package personas.text.sql;
