/** Exact moments, quantile sketch and histograms of features; the standardizer. */
package personas.feature.moments;
