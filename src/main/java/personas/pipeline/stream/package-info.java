/** The endless job that scores messages. */
package personas.pipeline.stream;
