/** Exact moments, quantile sketches and histograms of features, and the standardizer. */
package personas.feature.moments;
