/** Joins by hash prefix: repeated ids, the previous cluster of a user, and users who are gone. */
package personas.run.join;
