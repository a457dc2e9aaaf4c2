package personas.pipeline.read;

import java.io.Serializable;

/**
 * A range whose first record is known.
 *
 * @param resultFile what reading it gave
 * @param readFrom where it has to be read again from; -1 if it was read right
 */
record SettledRange(String resultFile, long readFrom) implements Serializable {}
