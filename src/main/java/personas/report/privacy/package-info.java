/** What a report leaves out so that it shows no value of a single person and no small group. */
package personas.report.privacy;
