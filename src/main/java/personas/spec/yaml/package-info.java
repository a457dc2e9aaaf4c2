/** Reads the YAML of a spec, and finds all mistakes in it. */
package personas.spec.yaml;
