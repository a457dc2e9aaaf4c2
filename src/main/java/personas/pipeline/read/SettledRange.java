package personas.pipeline.read;

import java.io.Serializable;

/**
 * A range whose first record is known.
 *
 * @param resultFile the staged file with the result of the range
 * @param readFrom the position from which the range must be read again; -1 if it was read correctly
 * @param rowsBefore the number of rows of the file before the range, see {@link
 *     personas.table.bytes.ByteRange#rowsBefore}
 */
record SettledRange(String resultFile, long readFrom, long rowsBefore) implements Serializable {}
