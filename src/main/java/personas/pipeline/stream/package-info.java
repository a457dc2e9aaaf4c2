/** The job that scores the messages of a stream until somebody stops the job. */
package personas.pipeline.stream;
