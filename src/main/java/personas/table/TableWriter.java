package personas.table;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import personas.table.avro.AvroTableWriter;
import personas.table.parquet.ParquetTableWriter;

/** Writes rows to a file with typed columns; the same rows give the same bytes. */
public interface TableWriter extends Closeable {
  /**
   * Writes a row.
   *
   * @param row a value for each column, of its type, or null
   */
  void write(Object[] row) throws IOException;

  /**
   * A writer of Avro or Parquet; closing it closes {@code out}.
   *
   * @throws IllegalArgumentException for CSV, which has a writer of its own
   */
  static TableWriter open(TableFormat format, List<TableColumn> columns, OutputStream out)
      throws IOException {
    return switch (format) {
      case AVRO -> new AvroTableWriter(columns, out);
      case PARQUET -> new ParquetTableWriter(columns, out);
      case CSV -> throw new IllegalArgumentException("format: csv has no typed columns");
    };
  }
}
