/** How sure a figure is: confidence intervals by a bootstrap over users, and tests of chance. */
package personas.confidence;
