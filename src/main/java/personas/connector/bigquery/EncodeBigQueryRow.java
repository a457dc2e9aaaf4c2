package personas.connector.bigquery;

import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.api.services.bigquery.model.TableSchema;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import org.apache.avro.Conversions;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.beam.sdk.io.gcp.bigquery.SchemaAndRecord;
import org.apache.beam.sdk.transforms.SerializableFunction;
import personas.feature.UserSchema;
import personas.table.RequiredColumns;
import personas.table.ledger.BadInputException;
import personas.text.TypedValueText;

/**
 * Encodes the required columns of a BigQuery row as bytes. Equal values give equal bytes for every
 * format of the export. Each value is encoded as the text that a CSV export has, and times are in
 * ISO 8601.
 */
final class EncodeBigQueryRow implements SerializableFunction<SchemaAndRecord, byte[]> {
  private static final long serialVersionUID = 1;

  private static final int NULL_LENGTH = -1;
  private static final Set<String> SCALARS =
      Set.of(
          "STRING",
          "INTEGER",
          "INT64",
          "FLOAT",
          "FLOAT64",
          "BOOLEAN",
          "BOOL",
          "NUMERIC",
          "BIGNUMERIC",
          "DATE",
          "TIME",
          "DATETIME",
          "TIMESTAMP",
          "GEOGRAPHY",
          "JSON");

  private final List<String> columns;

  EncodeBigQueryRow(UserSchema schema) {
    columns = RequiredColumns.of(schema).names();
  }

  /**
   * Refuses a table that lacks a required column, or whose required column is not scalar.
   *
   * @throws BadInputException if the table is refused; the message names the source and the column
   */
  static void check(String source, UserSchema schema, TableSchema table) throws BadInputException {
    RequiredColumns columns = RequiredColumns.of(schema);
    columns.check(source, table.getFields().stream().map(TableFieldSchema::getName).toList());
    for (TableFieldSchema field : table.getFields()) {
      if (columns.names().contains(field.getName()) && !isScalar(field)) {
        throw new BadInputException(
            source
                + ": column '"
                + field.getName()
                + "' is of type "
                + ("REPEATED".equals(field.getMode()) ? "ARRAY of " : "")
                + field.getType()
                + "; allowed are numbers, text, booleans, dates and times");
      }
    }
  }

  /** Returns whether the values of a column are numbers, text, booleans, dates or times. */
  static boolean isScalar(TableFieldSchema field) {
    return SCALARS.contains(field.getType()) && !"REPEATED".equals(field.getMode());
  }

  List<String> columns() {
    return columns;
  }

  @Override
  public byte[] apply(SchemaAndRecord row) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      for (String column : columns) {
        Object value = row.getRecord().get(column);
        if (value == null) {
          out.writeInt(NULL_LENGTH);
        } else {
          byte[] utf8 =
              text(value, type(row.getTableSchema(), column), row.getRecord(), column)
                  .getBytes(StandardCharsets.UTF_8);
          out.writeInt(utf8.length);
          out.write(utf8);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** Decodes a row. Returns the texts of the columns; a missing value is null. */
  Object[] texts(byte[] row) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(row));
    Object[] texts = new Object[columns.size()];
    for (int i = 0; i < texts.length; i++) {
      int length = in.readInt();
      texts[i] =
          length == NULL_LENGTH ? null : new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }
    return texts;
  }

  private static String type(TableSchema schema, String column) {
    for (TableFieldSchema field : schema.getFields()) {
      if (field.getName().equals(column)) {
        return field.getType();
      }
    }
    throw new IllegalStateException(
        "column " + column + " existed before the job but no longer exists");
  }

  /**
   * Returns the text of a value. An export holds a time as text, or as a number with a logical type
   * of Avro.
   */
  private static String text(Object value, String type, GenericRecord row, String column) {
    return switch (type) {
      case "TIMESTAMP" ->
          value instanceof Long micros
              ? TypedValueText.text(Instant.EPOCH.plus(micros, ChronoUnit.MICROS))
              : TypedValueText.text(value);
      case "DATE" ->
          value instanceof Integer days
              ? TypedValueText.text(LocalDate.ofEpochDay(days))
              : TypedValueText.text(value);
      case "TIME" ->
          value instanceof Long micros
              ? TypedValueText.text(LocalTime.ofNanoOfDay(1000 * micros))
              : TypedValueText.text(value);
      case "NUMERIC", "BIGNUMERIC" ->
          value instanceof ByteBuffer digits
              ? decimal(digits, row.getSchema().getField(column).schema())
              : TypedValueText.text(value);
      default -> TypedValueText.text(value);
    };
  }

  /** Returns a decimal number without the zeros that fill the scale of the type. */
  private static String decimal(ByteBuffer digits, Schema nullable) {
    Schema type =
        nullable.isUnion()
            ? nullable.getTypes().stream()
                .filter(branch -> branch.getType() == Schema.Type.BYTES)
                .findFirst()
                .orElseThrow()
            : nullable;
    BigDecimal number =
        new Conversions.DecimalConversion()
            .fromBytes(digits.duplicate(), type, type.getLogicalType());
    return number.stripTrailingZeros().toPlainString();
  }
}
