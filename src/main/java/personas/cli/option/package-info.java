/** Declarations of the flags, their parser, usage errors and exit codes. */
package personas.cli.option;
