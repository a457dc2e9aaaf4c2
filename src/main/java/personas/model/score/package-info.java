/** Scoring of users with a model, and the margin that holds users in their previous persona. */
package personas.model.score;
