/** A model as a scorer of users, with the margin that keeps users where they are. */
package personas.model.score;
