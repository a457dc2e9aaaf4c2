/**
 * Figures that are computed from the sample: silhouette, separation, rules, principal components.
 */
package personas.report.statistic;
