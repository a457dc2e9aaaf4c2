/** The segmentation as the user asked for it. */
package personas.spec;
