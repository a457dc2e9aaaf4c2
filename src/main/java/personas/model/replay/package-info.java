/** Compares a model with its replay, for the command verify, and finds the first difference. */
package personas.model.replay;
