package personas.table.write;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import personas.table.TableColumn;
import personas.table.TableFormat;
import personas.table.TableWriter;
import personas.table.avro.AvroTableWriter;
import personas.table.parquet.ParquetTableWriter;

/** Opens a writer of a table format with typed columns. */
public final class TypedTableFile {
  private TypedTableFile() {}

  /**
   * Returns a writer of Avro or Parquet. Closing the writer closes {@code out}.
   *
   * @throws IllegalArgumentException if the format is CSV, which does not have typed columns
   */
  public static TableWriter open(TableFormat format, List<TableColumn> columns, OutputStream out)
      throws IOException {
    return switch (format) {
      case AVRO -> new AvroTableWriter(columns, out);
      case PARQUET -> new ParquetTableWriter(columns, out);
      case CSV -> throw new IllegalArgumentException("format: csv does not have typed columns");
    };
  }
}
