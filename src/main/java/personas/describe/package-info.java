/** Columns that are not clustered: their exact figures for each persona. */
package personas.describe;
