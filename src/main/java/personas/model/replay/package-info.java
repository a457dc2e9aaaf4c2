/** A model and its replay by verify: what must be equal, and the first difference. */
package personas.model.replay;
