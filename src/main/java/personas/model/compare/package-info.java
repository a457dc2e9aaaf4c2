/** Two models: matching clusters, migration of users, drift. */
package personas.model.compare;
