/** Files as the default input: matches patterns, opens files and cuts them into ranges. */
package personas.connector.files;
