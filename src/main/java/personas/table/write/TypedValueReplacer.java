package personas.table.write;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import personas.feature.UserSchema;
import personas.table.RowReader;
import personas.table.TableColumn;
import personas.table.TableFormat;
import personas.table.TableWriter;
import personas.table.avro.AvroRowReader;
import personas.table.avro.AvroTableWriter;
import personas.table.bytes.ByteRange;
import personas.table.bytes.ByteSource;
import personas.table.parquet.ParquetRowReader;
import personas.table.parquet.ParquetTableWriter;

/** Copies an Avro or Parquet file of a run, and replaces values in text columns. */
public final class TypedValueReplacer {
  private TypedValueReplacer() {}

  /**
   * Copies a file. The copy has the bytes that the run would have written with the new values.
   *
   * @param replacements for each column name a map from old to new values
   * @param out the copy; closed by this method
   * @throws IllegalArgumentException for CSV, which does not have typed columns
   */
  public static void copy(
      TableFormat format,
      ByteSource source,
      Map<String, Map<String, String>> replacements,
      OutputStream out)
      throws IOException {
    List<TableColumn> columns = columns(format, source);
    List<String> names = columns.stream().map(TableColumn::name).toList();
    UserSchema schema = new UserSchema(null, List.of(), names);
    Object[] row = new Object[names.size()];
    try (RowReader rows = open(format, source, schema);
        TableWriter table = TypedTableFile.open(format, columns, out)) {
      while (rows.next()) {
        for (int c = 0; c < row.length; c++) {
          row[c] = value(rows.value(c), replacements.getOrDefault(names.get(c), Map.of()));
        }
        table.write(row);
      }
    }
  }

  private static List<TableColumn> columns(TableFormat format, ByteSource source)
      throws IOException {
    return switch (format) {
      case AVRO -> AvroTableWriter.columns(source);
      case PARQUET -> ParquetTableWriter.columns(source);
      case CSV -> throw new IllegalArgumentException("format: csv does not have typed columns");
    };
  }

  private static RowReader open(TableFormat format, ByteSource source, UserSchema schema)
      throws IOException {
    return format == TableFormat.AVRO
        ? AvroRowReader.open(source, schema)
        : ParquetRowReader.open(source, schema, new ByteRange(source.name(), 0, Long.MAX_VALUE));
  }

  private static Object value(Object read, Map<String, String> replacements) {
    Object value = read;
    if (read instanceof byte[] utf8) {
      value = new String(utf8, StandardCharsets.UTF_8);
    } else if (read instanceof CharSequence) {
      value = read.toString();
    } else if (read instanceof Long number) {
      // A run writes 32-bit whole numbers, and the reader of Parquet widens them to 64 bits.
      value = Math.toIntExact(number);
    }
    return value instanceof String text ? replacements.getOrDefault(text, text) : value;
  }
}
