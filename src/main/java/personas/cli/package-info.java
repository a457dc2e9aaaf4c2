/** The entry points: the command line, and the main class of Flex Templates. */
package personas.cli;
