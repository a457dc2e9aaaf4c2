/** Statistics of the sample: silhouette, separation, far values, principal components. */
package personas.report.statistic;
