/** The rows of users: assignments, lists of personas, examples and scored messages. */
package personas.model.assignment;
