/** Computes the sections of the report: cards, glossary, warnings, histograms, scatter plots. */
package personas.report.section;
