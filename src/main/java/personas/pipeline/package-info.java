/**
 * The Beam graphs of all jobs. Start with {@link personas.pipeline.BatchJobs}, which lists the
 * steps of each job.
 */
package personas.pipeline;
