/** The features of users: types, transforms, missing values, limits. */
package personas.feature;
