package personas.model.compare;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import personas.math.AdjustedRand;
import personas.math.LinearAssignment;
import personas.model.ProgramName;
import personas.text.CsvBuffer;

/**
 * How far the labels of two tables agree: all that {@code comparison.json} says, in its order. All
 * figures but the counts of users who are in one table only are of the users in both.
 *
 * @param format of the file; 1
 * @param program which program wrote it
 * @param from the table that labels come from
 * @param to the table that they go to
 * @param inBoth rows of {@code to} whose user is in {@code from}
 * @param repeated of these, the rows whose user stands in an earlier row of {@code to}
 * @param adjustedRand see {@link AdjustedRand}; null if fewer than two users are in both
 * @param variationOfInformation in bits, of M. Meilă, <i>Comparing clusterings by the variation of
 *     information</i>, 2003: 0 if both tables have the same groups; null if no user is in both
 * @param matchedShare the share of the users whose labels are matched with each other, 0..1; null
 *     if no user is in both
 * @param matched pairs of labels, one to one, such that they have the most users together, the
 *     largest pair first
 * @param columns the labels of {@code to}, in the order of their characters
 * @param rows one for each label of {@code from}, in the order of their characters
 * @param onlyTo users who are not in {@code from}, by column
 */
public record LabelAgreement(
    int format,
    String program,
    Table from,
    Table to,
    long inBoth,
    long repeated,
    Double adjustedRand,
    Double variationOfInformation,
    Double matchedShare,
    List<Pair> matched,
    List<String> columns,
    List<Row> rows,
    List<Long> onlyTo) {
  /** The name of the file. */
  public static final String FILE = "comparison.json";

  /** The name of the cross table. */
  public static final String TABLE = "cross_table.csv";

  private static final int FORMAT = 1;

  /**
   * One of the tables.
   *
   * @param files a file or a pattern
   * @param id the column of the ids
   * @param label the column of the labels
   * @param users who are in the table; of {@code to} the rows
   * @param onlyHere of these, those who are not in the other table
   */
  public record Table(String files, String id, String label, long users, long onlyHere) {}

  /**
   * Two labels that are matched.
   *
   * @param users who have both
   * @param shareOfFrom of the users with the first label who are in both tables, 0..1
   * @param shareOfTo of the users with the second label who are in both tables, 0..1
   */
  public record Pair(String from, String to, long users, double shareOfFrom, double shareOfTo) {}

  /**
   * Where the users of one label are.
   *
   * @param label of {@code from}
   * @param users by column
   * @param onlyFrom users who are not in {@code to}
   */
  @JsonInclude(JsonInclude.Include.ALWAYS)
  public record Row(String label, List<Long> users, long onlyFrom) {}

  /**
   * The figures of the counts.
   *
   * @param from the table that labels come from, whose counts are not read
   * @param to the table that they go to, whose counts are not read
   */
  public static LabelAgreement of(Table from, Table to, LabelCounts labels) {
    MigrationCounts counts = labels.counts();
    int rows = labels.earlier().size();
    int columns = labels.later().size();
    long[][] cells = new long[rows][columns];
    for (int i = 0; i < rows; i++) {
      int row = i;
      Arrays.setAll(cells[i], j -> counts.users(row, j));
    }
    long before = IntStream.range(0, rows).mapToLong(counts::before).sum();
    long gone = IntStream.range(0, rows).mapToLong(counts::leavers).sum();
    List<Long> joined = IntStream.range(0, columns).mapToObj(counts::joiners).toList();
    long joiners = joined.stream().mapToLong(Long::longValue).sum();
    Margins margins = new Margins(cells, columns);
    List<Pair> pairs = pairs(labels, cells, margins);
    long paired = pairs.stream().mapToLong(Pair::users).sum();
    return new LabelAgreement(
        FORMAT,
        ProgramName.TEXT,
        new Table(from.files, from.id, from.label, before, gone),
        new Table(to.files, to.id, to.label, margins.all + joiners, joiners),
        margins.all,
        margins.all - (before - gone),
        AdjustedRand.of(cells),
        variationOfInformation(cells, margins),
        margins.all == 0 ? null : (Double) ((double) paired / margins.all),
        pairs,
        labels.later(),
        rows(labels, cells),
        joined);
  }

  private static List<Row> rows(LabelCounts labels, long[][] cells) {
    return IntStream.range(0, cells.length)
        .mapToObj(
            i ->
                new Row(
                    labels.earlier().get(i),
                    Arrays.stream(cells[i]).boxed().toList(),
                    labels.counts().leavers(i)))
        .toList();
  }

  /** The sums of the rows, of the columns and of all cells. */
  private static final class Margins {
    private final long[] rows;
    private final long[] columns;
    private final long all;

    Margins(long[][] cells, int columnCount) {
      rows = Arrays.stream(cells).mapToLong(row -> Arrays.stream(row).sum()).toArray();
      columns = new long[columnCount];
      for (long[] row : cells) {
        Arrays.setAll(columns, j -> columns[j] + row[j]);
      }
      all = Arrays.stream(rows).sum();
    }
  }

  private static List<Pair> pairs(LabelCounts labels, long[][] cells, Margins margins) {
    int size = Math.max(cells.length, margins.columns.length);
    double[][] cost = new double[size][size];
    for (int i = 0; i < cells.length; i++) {
      for (int j = 0; j < margins.columns.length; j++) {
        cost[i][j] = -(double) cells[i][j];
      }
    }
    int[] columnOf = LinearAssignment.minimize(cost);
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < cells.length; i++) {
      int j = columnOf[i];
      if (j < margins.columns.length && cells[i][j] > 0) {
        pairs.add(
            new Pair(
                labels.earlier().get(i),
                labels.later().get(j),
                cells[i][j],
                (double) cells[i][j] / margins.rows[i],
                (double) cells[i][j] / margins.columns[j]));
      }
    }
    pairs.sort((a, b) -> Long.compare(b.users, a.users));
    return pairs;
  }

  private static Double variationOfInformation(long[][] cells, Margins margins) {
    if (margins.all == 0) {
      return null;
    }
    double sum = 0;
    for (int i = 0; i < cells.length; i++) {
      for (int j = 0; j < margins.columns.length; j++) {
        if (cells[i][j] > 0) {
          double users = cells[i][j];
          double odds = (margins.rows[i] / users) * (margins.columns[j] / users);
          sum += users / margins.all * StrictMath.log(odds);
        }
      }
    }
    return sum / StrictMath.log(2);
  }

  /**
   * Writes the cross table: {@code from,to,users,share_of_from,share_of_to}, with one row for each
   * two labels that a user has; {@code from} or {@code to} is empty for users who are in one table
   * only, and so are the shares.
   */
  public void writeTable(OutputStream out) throws IOException {
    CsvBuffer csv = new CsvBuffer();
    csv.appendAscii("from,to,users,share_of_from,share_of_to\n");
    for (Row row : rows) {
      long all = row.users.stream().mapToLong(Long::longValue).sum();
      for (int j = 0; j < columns.size(); j++) {
        int column = j;
        long users = row.users.get(j);
        long inColumn = rows.stream().mapToLong(each -> each.users.get(column)).sum();
        if (users > 0) {
          String shares =
              String.format(
                  Locale.ROOT, "%.6f,%.6f", (double) users / all, (double) users / inColumn);
          line(csv, row.label, columns.get(j), users, shares);
        }
      }
      if (row.onlyFrom > 0) {
        line(csv, row.label, "", row.onlyFrom, ",");
      }
    }
    for (int j = 0; j < columns.size(); j++) {
      if (onlyTo.get(j) > 0) {
        line(csv, "", columns.get(j), onlyTo.get(j), ",");
      }
    }
    csv.writeTo(out);
  }

  private static void line(CsvBuffer csv, String from, String to, long users, String shares) {
    field(csv, from);
    csv.appendByte(',');
    field(csv, to);
    csv.appendAscii("," + users + "," + shares + "\n");
  }

  private static void field(CsvBuffer csv, String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    csv.appendField(utf8, 0, utf8.length);
  }
}
