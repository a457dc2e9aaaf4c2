/** A model applied to users: rows of assignments and scored messages. */
package personas.model.score;
