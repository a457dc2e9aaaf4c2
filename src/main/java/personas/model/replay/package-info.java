/** The comparison of a model with its replay by verify, and the first difference. */
package personas.model.replay;
