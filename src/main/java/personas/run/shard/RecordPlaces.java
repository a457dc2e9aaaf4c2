package personas.run.shard;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import personas.connector.storage.Folder;
import personas.feature.shard.Shard;
import personas.run.state.ShardReference;
import personas.run.state.StagedFiles;
import personas.run.state.StagedFiles.RejectedFile;
import personas.table.RangeKey;
import personas.table.ledger.Rejection;

/**
 * Names the records of a table without ids by file and line. Ranges of a file are read in parallel,
 * and each range counts lines from its own start, so this class adds the number of lines in the
 * earlier ranges of the file. Rows of Avro and Parquet tables already have numbers within the file.
 */
final class RecordPlaces {
  /** For a table with ids, in which the id names a record. */
  static final RecordPlaces NONE = new RecordPlaces(null);

  /** Range → number of lines of the file before the range; null if users have ids. */
  private final Map<RangeKey, Long> linesBefore;

  private RecordPlaces(Map<RangeKey, Long> linesBefore) {
    this.linesBefore = linesBefore;
  }

  /** Returns the places of the records of a table without ids. */
  static RecordPlaces of(StagedFiles files) {
    return new RecordPlaces(files.linesBefore());
  }

  private long linesBefore(RangeKey range) {
    return linesBefore.getOrDefault(range, 0L);
  }

  /** Reads the users of a shard. A user without an id gets the file and the line as id. */
  Shard named(ShardReference reference) throws IOException {
    Shard shard = ShardFiles.whole(reference);
    return linesBefore == null
        ? shard
        : shard.withLineIds(reference.range().source(), linesBefore(reference.range()));
  }

  /** Returns the header of the rejected records. */
  String rejectedHeader() {
    return linesBefore == null
        ? Rejection.CSV_HEADER
        : Rejection.CSV_HEADER + "," + Rejection.LINE_COLUMN;
  }

  /** Copies staged rejected records and corrects the line, which is the last field of a record. */
  void copyRejected(RejectedFile file, OutputStream out) throws IOException {
    try (InputStream in = Folder.open(file.path())) {
      if (linesBefore == null) {
        in.transferTo(out);
        return;
      }
      long before = linesBefore(file.range());
      InputStream bytes = new BufferedInputStream(in);
      ByteArrayOutputStream row = new ByteArrayOutputStream();
      boolean isQuoted = false;
      for (int next = bytes.read(); next >= 0; next = bytes.read()) {
        isQuoted ^= next == '"';
        if (next == '\n' && !isQuoted) {
          out.write(withLine(row.toString(StandardCharsets.UTF_8), before));
          row.reset();
        } else {
          row.write(next);
        }
      }
    }
  }

  private static byte[] withLine(String row, long before) {
    int lineStart = row.lastIndexOf(',') + 1;
    long line = before + Long.parseLong(row.substring(lineStart));
    return (row.substring(0, lineStart) + line + "\n").getBytes(StandardCharsets.UTF_8);
  }
}
