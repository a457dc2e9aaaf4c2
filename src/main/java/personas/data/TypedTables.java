package personas.data;

import java.io.IOException;
import java.util.List;

/** Avro and Parquet behind one door, so that neither is loaded where a run reads none. */
final class TypedTables {
  private TypedTables() {}

  /**
   * Opens a table; the caller closes.
   *
   * @param rows which of them; an Avro file is always read from its beginning to its end
   */
  static RowSource open(ByteSource source, UserSchema schema, InputFormat format, ByteRange rows)
      throws IOException {
    return format == InputFormat.PARQUET
        ? ParquetRows.open(source, schema, rows)
        : AvroRows.open(source, schema);
  }

  /** The ranges of rows that are read by themselves; an Avro file is one. */
  static List<ByteRange> ranges(
      ByteSource source, UserSchema schema, InputFormat format, long rangeBytes)
      throws IOException {
    return format == InputFormat.PARQUET
        ? ParquetRows.ranges(source, schema, rangeBytes)
        : List.of(new ByteRange(source.name(), 0, Long.MAX_VALUE));
  }
}
