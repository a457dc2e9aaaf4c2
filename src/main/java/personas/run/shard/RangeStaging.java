package personas.run.shard;

import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import personas.connector.storage.StoredFile;
import personas.feature.UserSchema;
import personas.run.state.StagedRange;
import personas.table.RecordSpan;
import personas.table.read.FileRange;
import personas.table.read.RangeReader;

/** Reads the ranges of a table and stages their rows. */
public interface RangeStaging extends Serializable {
  /** Says that the reader must find the start of the first record. */
  long UNKNOWN_START = -1;

  /** Returns the columns that are read. */
  UserSchema schema();

  /**
   * Reads a range.
   *
   * @param task the range
   * @param firstRecordStart the position of the first record, or {@link #UNKNOWN_START}
   */
  StagedRange stage(FileRange task, long firstRecordStart) throws IOException;

  /**
   * Returns the spans of a range under the assumptions about its first byte that the reader did not
   * make, see {@link RangeReader#otherSpans}.
   */
  default List<RecordSpan> otherSpans(StagedRange read) throws IOException {
    FileRange task = read.task();
    return reader(task).otherSpans(file(task), task.range(), read.outcome().span());
  }

  /** Returns the span of a range whose first record is known. */
  default RecordSpan span(FileRange task, long firstRecordStart) throws IOException {
    return reader(task).span(file(task), task.range(), firstRecordStart);
  }

  private RangeReader reader(FileRange task) {
    return new RangeReader(schema(), task.header(), 1);
  }

  /** Returns the file that holds a range. */
  static StoredFile file(FileRange task) {
    return new StoredFile(task.range().file(), task.path(), task.fileSize());
  }
}
