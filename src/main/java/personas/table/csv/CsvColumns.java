package personas.table.csv;

import java.nio.charset.StandardCharsets;
import personas.feature.UserSchema;

/**
 * What readers of CSV need to know about the columns of a table, prepared once for all records. A
 * stream has a reader for each message, and preparing the columns takes almost as long as reading a
 * message. Readers do not change the arrays.
 */
public final class CsvColumns {
  static final byte ORDINARY = 0;
  static final byte SEPARATOR = 1;
  static final byte LINE_FEED = 2;
  static final byte QUOTE = 3;
  static final byte NUL = 4;

  final String idColumn;

  /** The index of the field with the id; -1 if users have no ids. */
  final int id;

  /** The number of fields of a record. */
  final int fields;

  /** The index of the field of each feature. */
  final int[] features;

  /** The index of the field of each pass-through column. */
  final int[] passThrough;

  final RequiredFields required;

  /** The values of the partition columns. Their indexes follow the indexes of the fields. */
  final byte[][] folderValues;

  /** The meaning of each byte, by its unsigned value. */
  final byte[] classes = new byte[256];

  final char separator;

  /**
   * Prepares the columns.
   *
   * @param schema the required columns
   * @param layout the indexes of the required columns in a record
   */
  public CsvColumns(UserSchema schema, CsvLayout layout) {
    this.idColumn = schema.idColumn();
    this.id = layout.indexes().id();
    this.fields = layout.columns();
    this.features = layout.indexes().features().stream().mapToInt(Integer::intValue).toArray();
    this.passThrough =
        layout.indexes().passThrough().stream().mapToInt(Integer::intValue).toArray();
    this.required = new RequiredFields(schema, layout);
    this.folderValues =
        layout.ofFolders().stream()
            .map(text -> text.getBytes(StandardCharsets.UTF_8))
            .toArray(byte[][]::new);
    this.separator = layout.separator();
    classes[separator] = SEPARATOR;
    classes['\n'] = LINE_FEED;
    classes['"'] = QUOTE;
    classes[0] = NUL;
  }
}
