package personas.pipeline.read;

import java.io.Serializable;

/**
 * A range whose first record is known.
 *
 * @param resultFile what reading it gave
 * @param readFrom where it has to be read again from; -1 if it was read right
 * @param rowsBefore the counted rows of the file before it, see {@link
 *     personas.table.bytes.ByteRange#rowsBefore}
 */
record SettledRange(String resultFile, long readFrom, long rowsBefore) implements Serializable {}
