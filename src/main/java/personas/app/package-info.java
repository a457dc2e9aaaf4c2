/**
 * Main, one class per command, options, the loop of rounds and the progress on the console. This
 * package may import everything.
 */
package personas.app;
