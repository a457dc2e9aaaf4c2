/**
 * Looks at a table that nobody has described, and writes the spec of a segmentation for it. May
 * import spec and what lies below; reads through the parsers of data, and needs no Beam.
 */
package personas.inspect;
