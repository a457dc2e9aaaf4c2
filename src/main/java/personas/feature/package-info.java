/** The features of users with their types, transforms, missing values and limits. */
package personas.feature;
