package personas.table.write;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import personas.table.TableColumn;
import personas.table.TableFormat;
import personas.table.TableWriter;
import personas.table.avro.AvroTableWriter;
import personas.table.parquet.ParquetTableWriter;

/** Chooses the writer of a format with typed columns. */
public final class TypedTableFile {
  private TypedTableFile() {}

  /**
   * A writer of Avro or Parquet; closing it closes {@code out}.
   *
   * @throws IllegalArgumentException for CSV, which has a writer of its own
   */
  public static TableWriter open(TableFormat format, List<TableColumn> columns, OutputStream out)
      throws IOException {
    return switch (format) {
      case AVRO -> new AvroTableWriter(columns, out);
      case PARQUET -> new ParquetTableWriter(columns, out);
      case CSV -> throw new IllegalArgumentException("format: csv has no typed columns");
    };
  }
}
