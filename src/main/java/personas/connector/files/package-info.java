/** Files as the input of a run. */
package personas.connector.files;
