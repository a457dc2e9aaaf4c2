/** Why a user has its persona, and the least change that gives it the second persona. */
package personas.model.explain;
