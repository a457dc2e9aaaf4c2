/** Hides single users and small groups in a report. */
package personas.report.privacy;
