package personas.table.parquet;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.io.api.RecordMaterializer;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DateLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.UUIDLogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import personas.table.PartitionColumns;
import personas.table.record.TypedFormats;
import personas.text.TypedValueText;

/**
 * Reads one row at a time into an array of the required values. A missing value is null. A
 * partition column has the same text in every row.
 */
final class ParquetRows extends RecordMaterializer<Object[]> {
  private final MessageType schema;
  private final Object[] row;

  /** The initial values of a row: partition columns are set, all others are null. */
  private final Object[] initialRow;

  private final GroupConverter root;

  /**
   * Creates a reader of rows.
   *
   * @param schema the schema of a row with only the required columns
   * @param columns the required columns in the file
   * @param required the names of all required columns, in the order of the values
   * @param folders the partition columns, for required columns that the file does not hold
   */
  ParquetRows(
      MessageType schema,
      List<ParquetColumn> columns,
      List<String> required,
      PartitionColumns folders) {
    this.schema = schema;
    row = new Object[required.size()];
    initialRow = new Object[row.length];
    Map<List<String>, Integer> indexes = new HashMap<>();
    columns.forEach(column -> indexes.put(column.path(), required.indexOf(column.name())));
    for (int i = 0; i < row.length; i++) {
      if (!indexes.containsValue(i)) {
        initialRow[i] = folders.value(required.get(i)).getBytes(StandardCharsets.UTF_8);
      }
    }
    root = new Fields(schema, List.of(), indexes);
  }

  /** Returns the schema of a row with only the required columns. */
  MessageType schema() {
    return schema;
  }

  /** Converts the fields of a row or of a group within the row. */
  private final class Fields extends GroupConverter {
    private final List<Converter> fields = new ArrayList<>();
    private final boolean isRow;

    Fields(GroupType group, List<String> outer, Map<List<String>, Integer> indexes) {
      isRow = outer.isEmpty();
      for (Type field : group.getFields()) {
        List<String> path = new ArrayList<>(outer);
        path.add(field.getName());
        fields.add(
            field.isPrimitive()
                ? new Column(row, indexes.get(path), field.asPrimitiveType())
                : new Fields(field.asGroupType(), path, indexes));
      }
    }

    @Override
    public Converter getConverter(int index) {
      return fields.get(index);
    }

    @Override
    public void start() {
      if (isRow) {
        System.arraycopy(initialRow, 0, row, 0, row.length);
      }
    }

    @Override
    public void end() {}
  }

  /** Returns whether {@link TypedValueText} supports the values of a type. */
  static boolean isScalar(Type type) {
    if (!type.isPrimitive() || type.isRepetition(Type.Repetition.REPEATED)) {
      return false;
    }
    PrimitiveTypeName name = type.asPrimitiveType().getPrimitiveTypeName();
    LogicalTypeAnnotation meaning = type.getLogicalTypeAnnotation();
    return switch (name) {
      case INT96 -> false;
      case FIXED_LEN_BYTE_ARRAY ->
          meaning instanceof DecimalLogicalTypeAnnotation
              || meaning instanceof UUIDLogicalTypeAnnotation;
      default -> true;
    };
  }

  @Override
  public Object[] getCurrentRecord() {
    return row;
  }

  @Override
  public GroupConverter getRootConverter() {
    return root;
  }

  private static final class Column extends PrimitiveConverter {
    private final Object[] row;
    private final int index;
    private final LogicalTypeAnnotation meaning;

    Column(Object[] row, int index, PrimitiveType type) {
      this.row = row;
      this.index = index;
      this.meaning = type.getLogicalTypeAnnotation();
    }

    @Override
    public void addBoolean(boolean value) {
      row[index] = value;
    }

    @Override
    public void addDouble(double value) {
      row[index] = value;
    }

    @Override
    public void addFloat(float value) {
      row[index] = value;
    }

    @Override
    public void addInt(int value) {
      boolean isUnsigned = meaning instanceof IntLogicalTypeAnnotation whole && !whole.isSigned();
      row[index] = whole(isUnsigned ? Integer.toUnsignedLong(value) : value);
    }

    @Override
    public void addLong(long value) {
      boolean isUnsigned = meaning instanceof IntLogicalTypeAnnotation whole && !whole.isSigned();
      row[index] =
          isUnsigned && value < 0 ? new BigDecimal(Long.toUnsignedString(value)) : whole(value);
    }

    private Object whole(long value) {
      if (meaning instanceof DecimalLogicalTypeAnnotation decimal) {
        return BigDecimal.valueOf(value, decimal.getScale());
      }
      if (meaning instanceof DateLogicalTypeAnnotation) {
        return LocalDate.ofEpochDay(value);
      }
      if (meaning instanceof TimeLogicalTypeAnnotation time) {
        return LocalTime.MIDNIGHT.plus(value, unit(time.getUnit()));
      }
      if (meaning instanceof TimestampLogicalTypeAnnotation time) {
        Instant instant = Instant.EPOCH.plus(value, unit(time.getUnit()));
        return time.isAdjustedToUTC()
            ? instant
            : instant.atOffset(ZoneOffset.UTC).toLocalDateTime();
      }
      return value;
    }

    private static ChronoUnit unit(TimeUnit unit) {
      return switch (unit) {
        case MILLIS -> ChronoUnit.MILLIS;
        case MICROS -> ChronoUnit.MICROS;
        case NANOS -> ChronoUnit.NANOS;
      };
    }

    @Override
    public void addBinary(Binary value) {
      byte[] bytes = value.getBytes();
      if (meaning instanceof DecimalLogicalTypeAnnotation decimal) {
        TypedFormats.checkDecimalBytes(bytes.length);
        row[index] = new BigDecimal(new BigInteger(bytes), decimal.getScale());
      } else if (meaning instanceof UUIDLogicalTypeAnnotation) {
        ByteBuffer halves = ByteBuffer.wrap(bytes);
        row[index] = new UUID(halves.getLong(), halves.getLong());
      } else {
        row[index] = bytes;
      }
    }
  }
}
