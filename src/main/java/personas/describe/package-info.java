/** Columns that are not clustered: what is true of each persona in them, exactly. */
package personas.describe;
