package personas.data;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.avro.Conversion;
import org.apache.avro.Conversions;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.data.TimeConversions;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.util.Utf8;

/**
 * The rows of an Avro container file, read from its beginning to its end; only the wanted columns
 * are decoded.
 */
final class AvroRows implements RowSource {
  private static final int MAGIC_BYTES = 4;
  private static final int SYNC_BYTES = 16;
  private static final int BUFFER_BYTES = 1 << 16;
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final Set<Schema.Type> SCALARS =
      Set.of(
          Schema.Type.NULL,
          Schema.Type.STRING,
          Schema.Type.ENUM,
          Schema.Type.INT,
          Schema.Type.LONG,
          Schema.Type.FLOAT,
          Schema.Type.DOUBLE,
          Schema.Type.BOOLEAN);

  private final String source;
  private final StoredBytes stored;
  private final DataFileStream<GenericRecord> file;
  private final int[] places;
  private GenericRecord row;

  private AvroRows(
      String source, StoredBytes stored, DataFileStream<GenericRecord> file, int[] places) {
    this.source = source;
    this.stored = stored;
    this.file = file;
    this.places = places;
  }

  /**
   * Opens a file; the caller closes.
   *
   * @throws BadInputException where it is no Avro file, or has not the columns, or one is no scalar
   */
  static AvroRows open(ByteSource source, UserSchema schema) throws IOException {
    StoredBytes stored = new StoredBytes(new BufferedInputStream(source.open(0), BUFFER_BYTES));
    GenericDatumReader<GenericRecord> reader = new GenericDatumReader<>(null, null, types());
    try {
      DataFileStream<GenericRecord> file = new DataFileStream<>(stored, reader);
      checkEnd(source);
      Schema written = file.getSchema();
      TableColumns columns = TableColumns.of(schema);
      check(source.name(), written, columns);
      Schema wanted = wanted(written, columns);
      reader.setExpected(wanted);
      int[] places =
          columns.wanted().stream().mapToInt(name -> wanted.getField(name).pos()).toArray();
      return new AvroRows(source.name(), stored, file, places);
    } catch (IOException | RuntimeException e) {
      stored.close();
      throw stored.refuse(source.name(), "Avro", e);
    }
  }

  /** The library takes a file that is cut within a block for one that ends before it. */
  private static void checkEnd(ByteSource source) throws IOException {
    byte[] sync = new byte[SYNC_BYTES];
    try (InputStream in = new BufferedInputStream(source.open(0))) {
      BinaryDecoder header = DecoderFactory.get().directBinaryDecoder(in, null);
      header.skipFixed(MAGIC_BYTES);
      for (long left = header.readMapStart(); left > 0; left = header.mapNext()) {
        for (long i = 0; i < left; i++) {
          header.skipString();
          header.skipBytes();
        }
      }
      header.readFixed(sync);
    }
    try (InputStream end = source.open(Math.max(0, source.size() - SYNC_BYTES))) {
      if (!Arrays.equals(sync, end.readNBytes(SYNC_BYTES))) {
        throw new IOException("it ends within a block");
      }
    }
  }

  private static GenericData types() {
    GenericData types = new GenericData();
    List<Conversion<?>> conversions =
        List.of(
            new Conversions.DecimalConversion(),
            new TimeConversions.DateConversion(),
            new TimeConversions.TimeMillisConversion(),
            new TimeConversions.TimeMicrosConversion(),
            new TimeConversions.TimestampMillisConversion(),
            new TimeConversions.TimestampMicrosConversion(),
            new TimeConversions.LocalTimestampMillisConversion(),
            new TimeConversions.LocalTimestampMicrosConversion());
    conversions.forEach(types::addLogicalTypeConversion);
    return types;
  }

  private static void check(String source, Schema written, TableColumns columns)
      throws BadInputException {
    if (written.getType() != Schema.Type.RECORD) {
      throw new BadInputException(source + ": holds no records but " + written.getType().getName());
    }
    columns.check(source, written.getFields().stream().map(Schema.Field::name).toList());
    for (String name : columns.wanted()) {
      Schema type = written.getField(name).schema();
      List<Schema> branches = type.isUnion() ? type.getTypes() : List.of(type);
      for (Schema branch : branches) {
        if (!SCALARS.contains(branch.getType())
            && !(branch.getLogicalType() instanceof LogicalTypes.Decimal)) {
          throw new BadInputException(
              source
                  + ": column '"
                  + name
                  + "' is of type "
                  + branch.getType().getName()
                  + "; a column is of numbers, text, booleans, dates or times");
        }
      }
    }
  }

  /**
   * The record with the wanted columns alone, in the order in which they are written; all columns
   * where a name is none to Avro, as some writers leave it.
   */
  private static Schema wanted(Schema written, TableColumns columns) {
    if (!columns.wanted().stream().allMatch(name -> NAME.matcher(name).matches())) {
      return written;
    }
    List<Schema.Field> fields = new ArrayList<>();
    for (Schema.Field field : written.getFields()) {
      if (columns.wanted().contains(field.name())) {
        fields.add(new Schema.Field(field.name(), field.schema()));
      }
    }
    return Schema.createRecord(
        written.getName(), null, written.getNamespace(), written.isError(), fields);
  }

  @Override
  public boolean next() throws IOException {
    try {
      if (!file.hasNext()) {
        return false;
      }
      row = file.next(row);
      return true;
    } catch (IOException | RuntimeException e) {
      throw stored.refuse(source, "Avro", e);
    }
  }

  @Override
  public Object value(int column) {
    Object value = row.get(places[column]);
    // Its bytes and not its characters: what is no UTF-8 must stay so.
    return value instanceof Utf8 text
        ? Arrays.copyOf(text.getBytes(), text.getByteLength())
        : value instanceof GenericData.EnumSymbol symbol ? symbol.toString() : value;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
