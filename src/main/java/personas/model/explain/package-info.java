/**
 * Explanations of users: why a user has a persona, and the least change that leads to the second
 * persona.
 */
package personas.model.explain;
