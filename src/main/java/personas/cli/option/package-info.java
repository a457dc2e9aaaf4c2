/** The declarations of the flags, and the parser of flags. */
package personas.cli.option;
