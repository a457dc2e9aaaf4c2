package personas.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import personas.feature.UserSchema;
import personas.table.ledger.RejectReason;
import personas.table.read.FileHeader;
import personas.text.CsvBuffer;

/**
 * Reads the records of a CSV file with the parser of a library, which is the oracle of the byte
 * parser.
 */
final class LibraryRows {
  /** Records that are no CSV at all, which the library guesses at or refuses. */
  private static final Set<RejectReason> NO_CSV =
      EnumSet.of(
          RejectReason.BROKEN_QUOTE,
          RejectReason.INVALID_UTF8,
          RejectReason.NUL_BYTE,
          RejectReason.RECORD_TOO_LONG);

  private LibraryRows() {}

  /**
   * Requires that the library finds the records that {@code reading} counts, with as many fields,
   * and its users among them.
   *
   * @return false where the file has what the library takes otherwise: a record that is no CSV, or
   *     a carriage return that ends no line, which the library takes for an end
   */
  static boolean agree(byte[] plain, UserSchema schema, FileHeader header, Reading reading)
      throws IOException {
    if (reading.ledger().rejected().keySet().stream().anyMatch(NO_CSV::contains)
        || hasLoneReturn(plain)) {
      return false;
    }
    byte[] data = Arrays.copyOfRange(plain, (int) header.dataStart(), plain.length);
    List<List<String>> rows =
        rows(new String(data, StandardCharsets.UTF_8), header.layout().separator());
    long otherLength = rows.stream().filter(row -> row.size() != header.layout().columns()).count();
    assertEquals(rows.size(), reading.ledger().read(), "records");
    assertEquals(
        otherLength,
        reading.ledger().rejected().getOrDefault(RejectReason.FIELD_COUNT, 0L),
        "records of another length");
    Iterator<List<String>> left = rows.iterator();
    for (String user : reading.users()) {
      boolean found = false;
      while (!found && left.hasNext()) {
        found = isOf(user, left.next(), schema, header);
      }
      assertTrue(found, "the library does not find " + user);
    }
    return true;
  }

  private static List<List<String>> rows(String text, char separator) throws IOException {
    try (CsvReader<CsvRecord> reader =
        CsvReader.builder()
            .fieldSeparator(separator)
            .skipEmptyLines(true)
            .allowExtraFields(true)
            .allowMissingFields(true)
            .ofCsvRecord(text)) {
      return reader.stream().map(CsvRecord::getFields).toList();
    }
  }

  private static boolean hasLoneReturn(byte[] bytes) {
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\r' && (i + 1 == bytes.length || bytes[i + 1] != '\n')) {
        return true;
      }
    }
    return false;
  }

  private static boolean isOf(String user, List<String> row, UserSchema schema, FileHeader header) {
    if (row.size() != header.layout().columns()) {
      return false;
    }
    String id =
        header.layout().indexes().id() < 0
            ? ""
            : written(row.get(header.layout().indexes().id())) + "|";
    StringBuilder copied = new StringBuilder(schema.passThrough().isEmpty() ? "" : "|");
    for (int i = 0; i < header.layout().indexes().passThrough().size(); i++) {
      copied
          .append(i == 0 ? "" : ",")
          .append(written(row.get(header.layout().indexes().passThrough().get(i))));
    }
    return user.startsWith(id) && user.endsWith(copied.toString());
  }

  /** A text field as it stands in an output, and in a {@link Reading}. */
  static String written(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    CsvBuffer out = new CsvBuffer();
    out.appendField(utf8, 0, utf8.length);
    return new String(out.toByteArray(), StandardCharsets.UTF_8)
        .replace("\n", "\\n")
        .replace("\r", "\\r")
        .replace("\t", "\\t");
  }
}
