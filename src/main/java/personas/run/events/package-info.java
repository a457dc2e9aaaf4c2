/**
 * Events into users: accumulators of measures, their blocks by hash prefix, and the table of users.
 */
package personas.run.events;
