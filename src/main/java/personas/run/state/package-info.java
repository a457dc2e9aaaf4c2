/**
 * The values that the steps of a job hand to each other: small, mergeable, with a fixed binary
 * form.
 */
package personas.run.state;
