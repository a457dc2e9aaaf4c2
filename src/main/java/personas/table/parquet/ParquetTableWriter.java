package personas.table.parquet;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.apache.parquet.PlainReadOptions;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;
import personas.table.TableColumn;
import personas.table.TableWriter;
import personas.table.bytes.ByteSource;

/** Writes rows to a Parquet file, compressed with Snappy. Each column is nullable. */
public final class ParquetTableWriter implements TableWriter {
  private final ParquetWriter<Group> file;
  private final MessageType schema;

  /**
   * Creates a writer.
   *
   * @param columns the columns, in the order of the values of a row
   * @param out gets the file; {@link #close} closes it
   */
  public ParquetTableWriter(List<TableColumn> columns, OutputStream out) throws IOException {
    schema = new MessageType("row", columns.stream().map(ParquetTableWriter::type).toList());
    file =
        ExampleParquetWriter.builder(new StreamOutputFile(out))
            .withConf(new PlainParquetConfiguration())
            .withType(schema)
            .withCodecFactory(new ParquetCodecs())
            .withCompressionCodec(CompressionCodecName.SNAPPY)
            .build();
  }

  private static Type type(TableColumn column) {
    return switch (column.type()) {
      case TEXT ->
          Types.optional(PrimitiveTypeName.BINARY)
              .as(LogicalTypeAnnotation.stringType())
              .named(column.name());
      case INTEGER -> Types.optional(PrimitiveTypeName.INT32).named(column.name());
      case DOUBLE -> Types.optional(PrimitiveTypeName.DOUBLE).named(column.name());
      case BOOLEAN -> Types.optional(PrimitiveTypeName.BOOLEAN).named(column.name());
    };
  }

  /** Returns the columns of a file that this class wrote. */
  public static List<TableColumn> columns(ByteSource source) throws IOException {
    ParquetFooter.check(source);
    try (ParquetFileReader file =
        ParquetFileReader.open(
            new ParquetInput(source), PlainReadOptions.of(new ParquetCodecs()))) {
      return file.getFileMetaData().getSchema().getFields().stream()
          .map(field -> new TableColumn(field.getName(), typeOf(field)))
          .toList();
    }
  }

  private static TableColumn.Type typeOf(Type field) {
    return switch (field.asPrimitiveType().getPrimitiveTypeName()) {
      case INT32 -> TableColumn.Type.INTEGER;
      case DOUBLE -> TableColumn.Type.DOUBLE;
      case BOOLEAN -> TableColumn.Type.BOOLEAN;
      default -> TableColumn.Type.TEXT;
    };
  }

  @Override
  public void write(Object[] values) throws IOException {
    Group row = new SimpleGroup(schema);
    for (int i = 0; i < schema.getFieldCount(); i++) {
      Object value = values[i];
      if (value instanceof String text) {
        row.add(i, text);
      } else if (value instanceof Integer number) {
        row.add(i, number.intValue());
      } else if (value instanceof Double number) {
        row.add(i, number.doubleValue());
      } else if (value instanceof Boolean flag) {
        row.add(i, flag.booleanValue());
      }
    }
    file.write(row);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  /** Adapts an open stream to the file that Parquet creates. */
  private record StreamOutputFile(OutputStream out) implements OutputFile {
    @Override
    public PositionOutputStream create(long blockSizeHint) {
      return new CountingStream(out);
    }

    @Override
    public PositionOutputStream createOrOverwrite(long blockSizeHint) {
      return new CountingStream(out);
    }

    @Override
    public boolean supportsBlockSize() {
      return false;
    }

    @Override
    public long defaultBlockSize() {
      return 0;
    }
  }

  private static final class CountingStream extends PositionOutputStream {
    private final OutputStream out;
    private long written;

    CountingStream(OutputStream out) {
      this.out = out;
    }

    @Override
    public long getPos() {
      return written;
    }

    @Override
    public void write(int value) throws IOException {
      out.write(value);
      written++;
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      out.write(bytes, from, length);
      written += length;
    }

    @Override
    public void flush() throws IOException {
      out.flush();
    }

    @Override
    public void close() throws IOException {
      out.close();
    }
  }
}
