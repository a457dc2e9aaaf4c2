/** The rows that users get: assignments, lists, examples and scored messages. */
package personas.model.assignment;
