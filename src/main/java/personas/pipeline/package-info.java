/** The Beam graphs of all jobs. Start with BatchJobs, which reads like a table of contents. */
package personas.pipeline;
