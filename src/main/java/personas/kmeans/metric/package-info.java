/** Metrics of a clustering, in one list over which tables, JSON, report and glossary iterate. */
package personas.kmeans.metric;
