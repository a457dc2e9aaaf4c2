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

/** Reads the ranges of a table and stages what they hold. */
public interface RangeStaging extends Serializable {
  /** Stands for a first record that the range is to find itself. */
  long UNKNOWN_START = -1;

  /** The columns that are read. */
  UserSchema schema();

  /**
   * Reads a range.
   *
   * @param firstRecordStart where its first record starts, or {@link #UNKNOWN_START}
   */
  StagedRange stage(FileRange task, long firstRecordStart) throws IOException;

  /** The spans of a range under the assumptions that it was not read with. */
  default List<RecordSpan> otherSpans(StagedRange read) throws IOException {
    FileRange task = read.task();
    return reader(task).otherSpans(file(task), task.range(), read.outcome().span());
  }

  /** The span of a range whose first record is known. */
  default RecordSpan span(FileRange task, long firstRecordStart) throws IOException {
    return reader(task).span(file(task), task.range(), firstRecordStart);
  }

  private RangeReader reader(FileRange task) {
    return new RangeReader(schema(), task.header(), 1);
  }

  /** The file that holds a range. */
  static StoredFile file(FileRange task) {
    return new StoredFile(task.range().file(), task.path(), task.fileSize());
  }
}
