/** A YAML file of pipelines/ as validated records. This package may import persona and below. */
package personas.spec;
