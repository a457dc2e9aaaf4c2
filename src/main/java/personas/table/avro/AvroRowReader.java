package personas.table.avro;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.avro.Conversion;
import org.apache.avro.Conversions;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.data.TimeConversions;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.util.Utf8;
import personas.feature.UserSchema;
import personas.table.PartitionColumns;
import personas.table.RequiredColumns;
import personas.table.RowReader;
import personas.table.bytes.ByteSource;
import personas.table.ledger.BadInputException;
import personas.table.record.TypedFormats;

/** Reads the rows in blocks of an Avro container file. Only the required columns are decoded. */
public final class AvroRowReader implements RowReader {
  /** The value of {@code firstBlock} for the first block of a file, wherever the header ends. */
  static final long FIRST_BLOCK = -1;

  private static final int MAX_NESTED = 64;
  private static final int MAX_TYPES = 100_000;
  private static final int MAX_FIXED_BYTES = 1 << 20;
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  private final String source;
  private final AvroBlocks blocks;
  private final long end;
  private final GenericDatumReader<GenericRecord> reader;

  /** The functions that return the value of each required column. */
  private final List<Function<IndexedRecord, Object>> columns;

  private AvroDecoder block = new AvroDecoder(new byte[0]);
  private long rowsLeft;
  private GenericRecord row;

  private AvroRowReader(
      String source,
      AvroBlocks blocks,
      long end,
      GenericDatumReader<GenericRecord> reader,
      List<Function<IndexedRecord, Object>> columns) {
    this.source = source;
    this.blocks = blocks;
    this.end = end;
    this.reader = reader;
    this.columns = columns;
  }

  /**
   * Opens a file at the first block. The caller closes the reader.
   *
   * @throws BadInputException if the file is not an Avro file, lacks a required column, or a
   *     required column is not scalar
   */
  public static AvroRowReader open(ByteSource source, UserSchema schema) throws IOException {
    return open(source, schema, FIRST_BLOCK, Long.MAX_VALUE);
  }

  /**
   * Opens a sequence of blocks of a file. The caller closes the reader.
   *
   * @param firstBlock the position of the first block, or {@link #FIRST_BLOCK}
   * @param end the position that limits the blocks; a block that starts here or later is not read
   * @throws BadInputException if the file is not an Avro file, lacks a required column, or a
   *     required column is not scalar
   */
  public static AvroRowReader open(ByteSource source, UserSchema schema, long firstBlock, long end)
      throws IOException {
    AvroBytes in = AvroBytes.open(source, 0);
    try {
      AvroHeader header = AvroHeader.read(in);
      checkEnd(source, header.sync());
      Schema fileSchema = new Schema.Parser().setValidate(false).parse(header.schema());
      RequiredColumns required = RequiredColumns.of(schema);
      List<AvroColumn> columns = columnsInFile(source.name(), fileSchema, required);
      Schema readSchema = readSchema(fileSchema, columns);
      if (firstBlock != FIRST_BLOCK && firstBlock != in.position()) {
        in.close();
        in = AvroBytes.open(source, firstBlock);
      }
      return new AvroRowReader(
          source.name(),
          new AvroBlocks(in, header),
          end,
          new GenericDatumReader<>(fileSchema, readSchema, types()),
          values(
              required.names(),
              columns.stream()
                  .map(column -> column.movedTo(readSchema.getField(column.topName()).pos()))
                  .toList(),
              PartitionColumns.of(source.name())));
    } catch (IOException | RuntimeException e) {
      in.close();
      throw in.exceptionFor("", e);
    } catch (OutOfMemoryError | StackOverflowError e) {
      in.close();
      throw TypedFormats.tooLarge(source.name(), e);
    }
  }

  /** Returns the names of the scalar columns, including fields of records. */
  public static List<String> columns(ByteSource source) throws IOException {
    AvroBytes in = AvroBytes.open(source, 0);
    try (in) {
      Schema fileSchema =
          new Schema.Parser().setValidate(false).parse(AvroHeader.read(in).schema());
      checkTypes(source.name(), fileSchema, 0, 0);
      return fileSchema.getType() != Schema.Type.RECORD
          ? List.of()
          : AvroColumn.columnsOf(fileSchema).stream()
              .filter(column -> column.notScalar().isEmpty())
              .map(AvroColumn::name)
              .toList();
    } catch (IOException | RuntimeException e) {
      throw in.exceptionFor("", e);
    }
  }

  /**
   * Checks that the file ends with the marker, so that a truncated file fails before a row is read.
   */
  private static void checkEnd(ByteSource source, byte[] sync) throws IOException {
    try (InputStream end = source.open(Math.max(0, source.size() - sync.length))) {
      if (!Arrays.equals(sync, end.readNBytes(sync.length))) {
        throw new IOException("the file ends within a block");
      }
    }
  }

  private static GenericData types() {
    GenericData types = new GenericData();
    List<Conversion<?>> conversions =
        List.of(
            new BoundedDecimals(),
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

  /** Converts decimals, and refuses those with more digits than {@link TypedFormats#MAX_DIGITS}. */
  private static final class BoundedDecimals extends Conversions.DecimalConversion {
    @Override
    public BigDecimal fromBytes(ByteBuffer value, Schema schema, LogicalType type) {
      TypedFormats.checkDecimalBytes(value.remaining());
      return super.fromBytes(value, schema, type);
    }

    @Override
    public BigDecimal fromFixed(GenericFixed value, Schema schema, LogicalType type) {
      TypedFormats.checkDecimalBytes(value.bytes().length);
      return super.fromFixed(value, schema, type);
    }
  }

  /**
   * Refuses a schema that is too deep or too large after each named type is replaced by its
   * definition. A type that refers to itself is always too deep.
   *
   * @param nested the depth of the type, 0 for the outermost type
   * @param before the number of types that are already counted
   * @return the number of types, including the earlier ones
   */
  private static int checkTypes(String source, Schema type, int nested, int before)
      throws BadInputException {
    int types = before + 1;
    if (nested > MAX_NESTED || types > MAX_TYPES) {
      throw new BadInputException(
          String.format(
              Locale.ROOT,
              "%s: the schema refers to itself, nests deeper than %d types or has more than %,d;"
                  + " write a flat table",
              source,
              MAX_NESTED,
              MAX_TYPES));
    }
    if (type.getType() == Schema.Type.FIXED && type.getFixedSize() > MAX_FIXED_BYTES) {
      throw new BadInputException(
          String.format(
              Locale.ROOT,
              "%s: the type '%s' has %,d bytes; at most %,d are allowed",
              source,
              type.getName(),
              type.getFixedSize(),
              MAX_FIXED_BYTES));
    }
    for (Schema part : parts(type)) {
      types = checkTypes(source, part, nested + 1, types);
    }
    return types;
  }

  private static List<Schema> parts(Schema type) {
    return switch (type.getType()) {
      case RECORD -> type.getFields().stream().map(Schema.Field::schema).toList();
      case UNION -> type.getTypes();
      case ARRAY -> List.of(type.getElementType());
      case MAP -> List.of(type.getValueType());
      default -> List.of();
    };
  }

  /** Returns the required columns that the file holds, in the order of the required columns. */
  private static List<AvroColumn> columnsInFile(
      String source, Schema fileSchema, RequiredColumns required) throws BadInputException {
    checkTypes(source, fileSchema, 0, 0);
    if (fileSchema.getType() != Schema.Type.RECORD) {
      throw new BadInputException(
          source
              + ": holds values of type "
              + fileSchema.getType().getName()
              + " instead of records; write one record per row");
    }
    List<AvroColumn> existing = AvroColumn.columnsOf(fileSchema);
    List<String> names = existing.stream().map(AvroColumn::name).toList();
    List<AvroColumn> columns =
        required.inFile(source, names).stream()
            .map(name -> existing.get(names.indexOf(name)))
            .toList();
    for (AvroColumn column : columns) {
      checkType(source, column);
    }
    return columns;
  }

  /**
   * Returns a function for each required column, which reads a column of the file or a folder of
   * the path.
   */
  private static List<Function<IndexedRecord, Object>> values(
      List<String> required, List<AvroColumn> inFile, PartitionColumns folders) {
    List<Function<IndexedRecord, Object>> values = new ArrayList<>();
    for (String name : required) {
      Optional<AvroColumn> column =
          inFile.stream().filter(candidate -> candidate.name().equals(name)).findFirst();
      if (column.isPresent()) {
        values.add(column.get()::value);
      } else {
        byte[] text = folders.value(name).getBytes(StandardCharsets.UTF_8);
        values.add(row -> text);
      }
    }
    return values;
  }

  private static void checkType(String source, AvroColumn column) throws BadInputException {
    Optional<Schema> notScalar = column.notScalar();
    if (notScalar.isPresent()) {
      throw new BadInputException(
          source
              + ": column '"
              + column.name()
              + "' is of type "
              + notScalar.get().getType().getName()
              + "; allowed are numbers, text, booleans, dates and times"
              + (notScalar.get().getType() == Schema.Type.RECORD
                  ? "; name a field of the record like " + column.name() + ".field"
                  : ""));
    }
    for (Schema branch : column.branches()) {
      if (branch.getLogicalType() instanceof LogicalTypes.Decimal decimal) {
        TypedFormats.checkScale(source, column.name(), decimal.getScale());
      }
    }
  }

  /**
   * Returns the schema of rows with only the required fields, in the order of the file. If a
   * required field has a name that Avro does not allow, as some writers produce, the schema of the
   * file is returned.
   */
  private static Schema readSchema(Schema fileSchema, List<AvroColumn> columns) {
    Set<String> names = columns.stream().map(AvroColumn::topName).collect(Collectors.toSet());
    if (!names.stream().allMatch(name -> NAME.matcher(name).matches())) {
      return fileSchema;
    }
    List<Schema.Field> fields = new ArrayList<>();
    for (Schema.Field field : fileSchema.getFields()) {
      if (names.contains(field.name())) {
        fields.add(new Schema.Field(field.name(), field.schema()));
      }
    }
    return Schema.createRecord(
        fileSchema.getName(), null, fileSchema.getNamespace(), fileSchema.isError(), fields);
  }

  @Override
  public boolean next() throws IOException {
    try {
      while (rowsLeft == 0) {
        if (block.remaining() > 0) {
          throw new IOException("a block holds more rows than it declares; write the file again");
        }
        byte[] bytes = blocks.nextStart() < end ? blocks.next() : null;
        if (bytes == null) {
          return false;
        }
        block = new AvroDecoder(bytes);
        rowsLeft = blocks.rows();
      }
      rowsLeft--;
      row = reader.read(row, block);
      return true;
    } catch (IOException | RuntimeException e) {
      throw blocks.exceptionFor(e);
    } catch (OutOfMemoryError | StackOverflowError e) {
      throw TypedFormats.tooLarge(source + blocks.place(), e);
    }
  }

  /** Returns the position of the first block that has not been read. */
  public long nextBlock() {
    return blocks.nextStart();
  }

  @Override
  public Object value(int column) {
    Object value = columns.get(column).apply(row);
    // Bytes instead of characters keep text that is not valid UTF-8 unchanged.
    return value instanceof Utf8 text
        ? Arrays.copyOf(text.getBytes(), text.getByteLength())
        : value instanceof GenericData.EnumSymbol symbol ? symbol.toString() : value;
  }

  @Override
  public void close() throws IOException {
    blocks.close();
  }
}
