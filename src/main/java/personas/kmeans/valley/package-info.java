/** How deep the valley of users between two neighboring clusters is. */
package personas.kmeans.valley;
