/**
 * The declarations of the flags, the parser of flags, and the registry of the flags of libraries.
 */
package personas.cli.option;
