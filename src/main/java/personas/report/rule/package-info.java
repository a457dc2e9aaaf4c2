/**
 * Finds rules on raw values: one rule for each persona, and a set of rules that covers all users.
 */
package personas.report.rule;
