/** The spec as records: the segmentation that the YAML file and the flags define. */
package personas.spec;
