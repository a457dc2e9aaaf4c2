/** Described columns: exact figures of columns that are not clustered, for each persona. */
package personas.describe;
