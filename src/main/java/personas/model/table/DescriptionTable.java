package personas.model.table;

import java.io.IOException;
import java.io.OutputStream;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import personas.confidence.Interval;
import personas.describe.DescribedType;
import personas.describe.Description;
import personas.describe.Description.Column;
import personas.describe.Description.Figure;
import personas.describe.Description.Row;
import personas.model.Model.ClusterModel;

/** Writes {@code profile.csv}, the table of described columns. */
public final class DescriptionTable {
  /** The name of the file. */
  public static final String FILE = "profile.csv";

  private static final String COLUMNS =
      "column,type,level,cluster,persona,users,value,value_all,index,effect,v_test,may_be_chance,"
          + "p_value,value_low,value_high,difference_low,difference_high";

  private DescriptionTable() {}

  /**
   * Writes one row for each column, level and persona. The field of a figure that is not defined is
   * empty. A mean of dates is written as a date, and a difference of dates in days.
   *
   * @param description the figures of the described columns
   * @param clusters the clusters, in the order of the figures
   * @param out gets CSV with a header; stays open
   */
  public static void write(Description description, List<ClusterModel> clusters, OutputStream out)
      throws IOException {
    CsvTableBuilder table = new CsvTableBuilder();
    for (String column : COLUMNS.split(",", -1)) {
      table.text(column);
    }
    table.endRow();
    for (Column column : description.columns()) {
      for (Row row : column.rows()) {
        for (int j = 0; j < clusters.size(); j++) {
          table.text(column.name()).text(column.type().name().toLowerCase(Locale.ROOT));
          table.text(row.level() == null ? "" : row.level());
          table.number(clusters.get(j).id()).text(clusters.get(j).persona());
          figure(column.type(), row, row.personas().get(j), table);
        }
      }
    }
    table.writeTo(out);
  }

  private static void figure(DescribedType type, Row row, Figure figure, CsvTableBuilder table) {
    table.number(figure.users());
    value(type, figure.value(), table);
    value(type, row.all(), table);
    table.numberOrEmpty(figure.index()).numberOrEmpty(figure.effect());
    table.numberOrEmpty(figure.test()).text(figure.chance() ? "yes" : "no");
    table.numberOrEmpty(figure.probability());
    Interval interval = figure.valueInterval();
    value(type, interval == null ? null : interval.low(), table);
    value(type, interval == null ? null : interval.high(), table);
    Interval difference = figure.differenceInterval();
    table.numberOrEmpty(difference == null ? null : difference.low());
    table.numberOrEmpty(difference == null ? null : difference.high()).endRow();
  }

  private static void value(DescribedType type, Double value, CsvTableBuilder table) {
    if (value != null && type == DescribedType.DATE) {
      table.text(LocalDate.ofEpochDay(Math.round(value)).toString());
    } else {
      table.numberOrEmpty(value);
    }
  }
}
