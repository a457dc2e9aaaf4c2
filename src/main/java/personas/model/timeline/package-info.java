/** All runs of a segmentation in their order, and the events of their personas. */
package personas.model.timeline;
