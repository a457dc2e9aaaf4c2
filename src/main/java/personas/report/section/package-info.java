/** The sections of the report: cards, glossary, warnings, histograms, scatter plot. */
package personas.report.section;
