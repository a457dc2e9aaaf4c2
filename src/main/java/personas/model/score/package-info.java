/** A model applied to users: the rows of assignments. */
package personas.model.score;
