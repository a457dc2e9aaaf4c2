/** Events into users: ranges of events, their blocks by hash prefix, and the table of users. */
package personas.run.events;
