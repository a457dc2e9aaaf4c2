/** The graph of segment and score: start with BatchJobs, which reads like a table of contents. */
package personas.pipeline;
