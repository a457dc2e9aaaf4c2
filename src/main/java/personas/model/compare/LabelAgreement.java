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
 * The agreement of the labels of two tables. The components are the keys of {@code
 * comparison.json}, in their order. All figures concern users in both tables, except the counts of
 * users in one table only.
 *
 * @param format the version of the file format
 * @param program the program that wrote the file, with its version
 * @param from the first table
 * @param to the second table
 * @param inBoth number of rows of {@code to} whose user is in {@code from}
 * @param repeated the number of rows in {@code inBoth} whose user is in an earlier row of {@code
 *     to}
 * @param adjustedRand the {@link AdjustedRand} index; null if fewer than two users are in both
 *     tables
 * @param variationOfInformation the variation of information in bits (M. Meilă, <i>Comparing
 *     clusterings by the variation of information</i>, 2003); 0 if both tables have the same
 *     groups; null if no user is in both tables
 * @param matchedShare the share of the users whose labels are matched with each other, 0..1; null
 *     if no user is in both tables
 * @param matched the one-to-one pairs of labels with the most users in common, the largest pair
 *     first
 * @param columns the labels of {@code to}, sorted
 * @param rows one row for each label of {@code from}, sorted by label
 * @param onlyTo number of users that are not in {@code from}, by column
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
   * @param files the file or the pattern of the files
   * @param id the column of the user ids
   * @param label the column of the labels
   * @param users number of users in the table; for {@code to}, number of rows
   * @param onlyHere number of these users or rows that are not in the other table
   */
  public record Table(String files, String id, String label, long users, long onlyHere) {}

  /**
   * Two labels that are matched with each other.
   *
   * @param from the first label
   * @param to the second label
   * @param users number of users with both labels
   * @param shareOfFrom share of the users with the first label, among users in both tables, 0..1
   * @param shareOfTo share of the users with the second label, among users in both tables, 0..1
   */
  public record Pair(String from, String to, long users, double shareOfFrom, double shareOfTo) {}

  /**
   * The users with one label in {@code from}, counted by their label in {@code to}.
   *
   * @param label the label in {@code from}
   * @param users number of users by column
   * @param onlyFrom number of users that are not in {@code to}
   */
  @JsonInclude(JsonInclude.Include.ALWAYS)
  public record Row(String label, List<Long> users, long onlyFrom) {}

  /**
   * Computes the agreement from counts.
   *
   * @param from the first table, whose counts are ignored
   * @param to the second table, whose counts are ignored
   * @param labels the counts of users by their labels
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
    long leavers = IntStream.range(0, rows).mapToLong(counts::leavers).sum();
    List<Long> joined = IntStream.range(0, columns).mapToObj(counts::joiners).toList();
    long joiners = joined.stream().mapToLong(Long::longValue).sum();
    Margins margins = new Margins(cells, columns);
    List<Pair> pairs = pairs(labels, cells, margins);
    long paired = pairs.stream().mapToLong(Pair::users).sum();
    return new LabelAgreement(
        FORMAT,
        ProgramName.TEXT,
        new Table(from.files, from.id, from.label, before, leavers),
        new Table(to.files, to.id, to.label, margins.total + joiners, joiners),
        margins.total,
        margins.total - (before - leavers),
        AdjustedRand.of(cells),
        variationOfInformation(cells, margins),
        margins.total == 0 ? null : (Double) ((double) paired / margins.total),
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
    private final long total;

    Margins(long[][] cells, int columnCount) {
      rows = Arrays.stream(cells).mapToLong(row -> Arrays.stream(row).sum()).toArray();
      columns = new long[columnCount];
      for (long[] row : cells) {
        Arrays.setAll(columns, j -> columns[j] + row[j]);
      }
      total = Arrays.stream(rows).sum();
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
    if (margins.total == 0) {
      return null;
    }
    double sum = 0;
    for (int i = 0; i < cells.length; i++) {
      for (int j = 0; j < margins.columns.length; j++) {
        if (cells[i][j] > 0) {
          double users = cells[i][j];
          double ratio = (margins.rows[i] / users) * (margins.columns[j] / users);
          sum += users / margins.total * StrictMath.log(ratio);
        }
      }
    }
    return sum / StrictMath.log(2);
  }

  /**
   * Writes the cross table {@code from,to,users,share_of_from,share_of_to} with one row for each
   * pair of labels that a user has. For users in one table only, the other label and the shares are
   * empty.
   */
  public void writeTable(OutputStream out) throws IOException {
    CsvBuffer csv = new CsvBuffer();
    csv.appendAscii("from,to,users,share_of_from,share_of_to\n");
    for (Row row : rows) {
      long total = row.users.stream().mapToLong(Long::longValue).sum();
      for (int j = 0; j < columns.size(); j++) {
        int column = j;
        long users = row.users.get(j);
        long inColumn = rows.stream().mapToLong(other -> other.users.get(column)).sum();
        if (users > 0) {
          String shares =
              String.format(
                  Locale.ROOT, "%.6f,%.6f", (double) users / total, (double) users / inColumn);
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
