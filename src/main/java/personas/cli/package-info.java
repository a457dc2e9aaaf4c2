/** Entry points: the command line, and the launcher of Flex Templates. */
package personas.cli;
