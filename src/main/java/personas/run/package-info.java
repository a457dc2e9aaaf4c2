/**
 * One run without Beam: its plan, its folders, its progress and its report. May import {@code
 * connector} and everything below.
 */
package personas.run;
