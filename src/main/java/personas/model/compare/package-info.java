/** Two models or two tables of labels: matching clusters, migration of users, drift, agreement. */
package personas.model.compare;
