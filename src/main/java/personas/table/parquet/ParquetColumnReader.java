package personas.table.parquet;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.io.api.RecordMaterializer;
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
import personas.table.record.TypedFormats;
import personas.text.TypedValueText;

/** One row at a time as an array of values, null where the row has none. */
final class ParquetColumnReader extends RecordMaterializer<Object[]> {
  private final Object[] row;
  private final GroupConverter root;

  ParquetColumnReader(MessageType schema) {
    row = new Object[schema.getFieldCount()];
    Converter[] columns = new Converter[row.length];
    for (int i = 0; i < row.length; i++) {
      columns[i] = new Column(row, i, schema.getType(i).asPrimitiveType());
    }
    root =
        new GroupConverter() {
          @Override
          public Converter getConverter(int place) {
            return columns[place];
          }

          @Override
          public void start() {
            java.util.Arrays.fill(row, null);
          }

          @Override
          public void end() {}
        };
  }

  /** Whether a column of this type has values that {@link TypedValueText} has a text for. */
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
    private final int place;
    private final LogicalTypeAnnotation meaning;

    Column(Object[] row, int place, PrimitiveType type) {
      this.row = row;
      this.place = place;
      this.meaning = type.getLogicalTypeAnnotation();
    }

    @Override
    public void addBoolean(boolean value) {
      row[place] = value;
    }

    @Override
    public void addDouble(double value) {
      row[place] = value;
    }

    @Override
    public void addFloat(float value) {
      row[place] = value;
    }

    @Override
    public void addInt(int value) {
      boolean unsigned = meaning instanceof IntLogicalTypeAnnotation whole && !whole.isSigned();
      row[place] = whole(unsigned ? Integer.toUnsignedLong(value) : value);
    }

    @Override
    public void addLong(long value) {
      boolean unsigned = meaning instanceof IntLogicalTypeAnnotation whole && !whole.isSigned();
      row[place] =
          unsigned && value < 0 ? new BigDecimal(Long.toUnsignedString(value)) : whole(value);
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
        row[place] = new BigDecimal(new BigInteger(bytes), decimal.getScale());
      } else if (meaning instanceof UUIDLogicalTypeAnnotation) {
        ByteBuffer halves = ByteBuffer.wrap(bytes);
        row[place] = new UUID(halves.getLong(), halves.getLong());
      } else {
        row[place] = bytes;
      }
    }
  }
}
