/** The timeline: all runs of a segmentation in order, and the events between them. */
package personas.model.timeline;
