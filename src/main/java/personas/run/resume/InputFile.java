package personas.run.resume;

/**
 * A file that a run reads, as it was when the run started.
 *
 * @param file its path, as the pattern of the user matches it
 * @param bytes its size
 * @param modified when it was written last, in milliseconds since 1970 UTC; 0 if the storage does
 *     not say
 */
public record InputFile(String file, long bytes, long modified) {}
