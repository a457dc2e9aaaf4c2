/**
 * Aggregates events into users: ranges of events, blocks by hash prefix, and the table of users.
 */
package personas.run.events;
