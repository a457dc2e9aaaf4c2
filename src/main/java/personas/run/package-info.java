/** The values of one run that do not need Beam: plan, folders, progress and outcome. */
package personas.run;
