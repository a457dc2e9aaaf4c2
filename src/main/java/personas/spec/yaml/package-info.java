/** YAML to the spec, with every mistake found. */
package personas.spec.yaml;
