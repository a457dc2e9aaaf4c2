/** Plain values of one run, without Beam: plan, folders, progress, publication, report. */
package personas.run;
