package personas.table.avro;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import personas.table.TableColumn;
import personas.table.TableWriter;
import personas.table.bytes.ByteSource;

/** Writes rows to an Avro container file, compressed with Snappy. Each column is nullable. */
public final class AvroTableWriter implements TableWriter {
  /**
   * The marker between blocks. By default Avro draws the marker at random, and then equal rows
   * would give different bytes.
   */
  private static final byte[] SYNC = {
    -1, 'p', 'e', 'r', 's', 'o', 'n', 'a', 's', 0, -2, -3, -4, -5, -6, -7
  };

  private final DataFileWriter<GenericRecord> file;
  private final GenericRecord row;
  private final int columns;

  /**
   * Creates a writer.
   *
   * @param columns the columns, in the order of the values of a row
   * @param out gets the file; {@link #close} closes it
   */
  public AvroTableWriter(List<TableColumn> columns, OutputStream out) throws IOException {
    Schema schema = schema(columns);
    this.columns = columns.size();
    this.row = new GenericData.Record(schema);
    this.file = new DataFileWriter<>(new GenericDatumWriter<GenericRecord>(schema));
    file.setCodec(CodecFactory.snappyCodec());
    file.create(schema, out, SYNC);
  }

  /**
   * Parses the schema from JSON, because only the parser can accept names that Avro does not allow.
   */
  private static Schema schema(List<TableColumn> columns) {
    String fields =
        columns.stream().map(AvroTableWriter::field).collect(Collectors.joining(",", "[", "]"));
    return new Schema.Parser()
        .setValidate(false)
        .parse("{\"type\":\"record\",\"name\":\"row\",\"fields\":" + fields + "}");
  }

  private static String field(TableColumn column) {
    String type =
        switch (column.type()) {
          case TEXT -> "string";
          case INTEGER -> "int";
          case DOUBLE -> "double";
          case BOOLEAN -> "boolean";
        };
    return "{\"name\":\""
        + new String(JsonStringEncoder.getInstance().quoteAsString(column.name()))
        + "\",\"type\":[\"null\",\""
        + type
        + "\"]}";
  }

  /** Returns the columns of a file that this class wrote. */
  public static List<TableColumn> columns(ByteSource source) throws IOException {
    try (AvroBytes in = AvroBytes.open(source, 0)) {
      Schema schema = new Schema.Parser().setValidate(false).parse(AvroHeader.read(in).schema());
      return schema.getFields().stream()
          .map(field -> new TableColumn(field.name(), type(field.schema().getTypes().get(1))))
          .toList();
    }
  }

  private static TableColumn.Type type(Schema schema) {
    return switch (schema.getType()) {
      case INT -> TableColumn.Type.INTEGER;
      case DOUBLE -> TableColumn.Type.DOUBLE;
      case BOOLEAN -> TableColumn.Type.BOOLEAN;
      default -> TableColumn.Type.TEXT;
    };
  }

  @Override
  public void write(Object[] values) throws IOException {
    for (int i = 0; i < columns; i++) {
      row.put(i, values[i]);
    }
    file.append(row);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
