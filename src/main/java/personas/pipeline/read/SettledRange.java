package personas.pipeline.read;

import java.io.Serializable;
import personas.data.RangeKey;

/**
 * A range whose first record is known.
 *
 * @param key the range
 * @param resultFile what reading it gave
 * @param readFrom where it has to be read again from; -1 if it was read right
 */
record SettledRange(RangeKey key, String resultFile, long readFrom) implements Serializable {}
