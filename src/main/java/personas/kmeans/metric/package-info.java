/** Metrics of a clustering: one list that tables, JSON, report and glossary iterate over. */
package personas.kmeans.metric;
