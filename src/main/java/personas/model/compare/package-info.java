/**
 * Comparison of two models or two tables of labels: matching clusters, migration of users, drift
 * and agreement.
 */
package personas.model.compare;
