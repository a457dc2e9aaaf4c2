/** Declarations of the flags, and their parser. */
package personas.cli.option;
