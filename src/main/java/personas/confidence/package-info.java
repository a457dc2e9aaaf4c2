/** Confidence intervals by a bootstrap over users, and tests against chance. */
package personas.confidence;
