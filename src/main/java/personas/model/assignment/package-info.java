/** The rows of users: assignments, lists of each persona's users, examples and scored messages. */
package personas.model.assignment;
