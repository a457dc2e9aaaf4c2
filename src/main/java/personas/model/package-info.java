/** model.json and the other files that a run leaves. This package may import spec and below. */
package personas.model;
