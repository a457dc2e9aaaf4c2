package personas.run.resume;

/**
 * A file that a run reads, as it was when the run started.
 *
 * @param file the path, as the pattern of the input matches it
 * @param bytes the size
 * @param modified the time of the last change, in milliseconds since 1970 UTC; 0 if the storage
 *     does not know the time
 */
public record InputFile(String file, long bytes, long modified) {}
