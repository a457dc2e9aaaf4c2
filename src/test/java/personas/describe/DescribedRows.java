package personas.describe;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import personas.feature.TextSyntax;
import personas.text.CsvBuffer;
import personas.text.CsvFields;

/** Counts users whose texts are all described, with the default syntax. */
public final class DescribedRows {
  private final CsvFields fields;
  private final int[] places;
  private final ValueReader reader = new ValueReader(TextSyntax.DEFAULT);
  private final DescribedUsers users;

  /** No user yet; the values tell the types of the columns. */
  public DescribedRows(List<String> columns, int k) {
    fields = new CsvFields(columns.size());
    places = IntStream.range(0, columns.size()).toArray();
    users =
        new DescribedUsers(
            columns.stream().map(name -> new DescribedColumn(name, null)).toList(), k);
  }

  /** Adds a user with one text for each column. */
  public void add(int cluster, List<String> texts) {
    read(fields, texts);
    users.add(cluster, 1, fields, places, reader);
  }

  public DescribedUsers users() {
    return users;
  }

  /** Writes the texts as a row and reads the row; returns the bytes of the row. */
  static int read(CsvFields fields, List<String> texts) {
    CsvBuffer row = new CsvBuffer();
    for (String text : texts) {
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      row.appendByte(',');
      row.appendField(utf8, 0, utf8.length);
    }
    fields.read(row.toByteArray(), 0, row.size());
    return row.size();
  }
}
