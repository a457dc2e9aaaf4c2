package personas.model.score;

import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import personas.spec.AudienceTarget;
import personas.spec.InputSpec;
import personas.spec.SegmentationSpec;
import personas.table.TableColumn;
import personas.table.TableFormat;
import personas.table.TableWriter;
import personas.table.csv.CsvRowParser;
import personas.text.CsvBuffer;

/**
 * The assignments, or the lists of all personas, as a table.
 *
 * @param columns as in the header of the CSV
 */
public record AssignmentColumns(TableFormat format, List<TableColumn> columns)
    implements Serializable {

  /**
   * The columns of a run.
   *
   * @param explains whether it says of each user why it has its persona
   * @param looksUp whether it says of each user what the previous run said
   */
  public static AssignmentColumns of(SegmentationSpec spec, boolean explains, boolean looksUp) {
    List<TableColumn> columns = new ArrayList<>();
    columns.add(new TableColumn("user_id", TableColumn.Type.TEXT));
    columns.add(new TableColumn("cluster", TableColumn.Type.INTEGER));
    columns.add(new TableColumn("persona", TableColumn.Type.TEXT));
    columns.add(new TableColumn("distance", TableColumn.Type.DOUBLE));
    columns.add(new TableColumn("second_persona", TableColumn.Type.TEXT));
    columns.add(new TableColumn("margin", TableColumn.Type.DOUBLE));
    if (explains) {
      InputSpec.EXPLANATION_COLUMNS.forEach(
          column -> columns.add(new TableColumn(column, TableColumn.Type.TEXT)));
    }
    if (looksUp) {
      columns.add(new TableColumn("previous_persona", TableColumn.Type.TEXT));
      columns.add(new TableColumn("changed", TableColumn.Type.BOOLEAN));
    }
    spec.input()
        .passThrough()
        .forEach(column -> columns.add(new TableColumn(column, TableColumn.Type.TEXT)));
    return new AssignmentColumns(spec.output().format(), List.copyOf(columns));
  }

  /**
   * The columns of the lists of all personas: the name of the persona in file names, whether the
   * user is a {@code member} or has {@code entered} or {@code left}, the id and the columns that
   * are passed through.
   */
  public static AssignmentColumns ofAudiences(SegmentationSpec spec) {
    boolean isLoaded = spec.output().audiences() == AudienceTarget.BIGQUERY;
    List<TableColumn> columns = new ArrayList<>();
    for (String name : List.of("audience", "change", "user_id")) {
      columns.add(new TableColumn(name, TableColumn.Type.TEXT));
    }
    spec.input()
        .passThrough()
        .forEach(column -> columns.add(new TableColumn(column, TableColumn.Type.TEXT)));
    return new AssignmentColumns(
        isLoaded ? TableFormat.AVRO : TableFormat.CSV, List.copyOf(columns));
  }

  /** The names of the columns as the header of CSV, with its line feed. */
  public byte[] header() {
    CsvBuffer header = new CsvBuffer();
    for (TableColumn column : columns) {
      byte[] name = AssignmentWriter.field(column.name());
      if (header.size() > 0) {
        header.appendByte(',');
      }
      header.append(name, 0, name.length);
    }
    header.appendByte('\n');
    return header.toByteArray();
  }

  /**
   * Takes rows of CSV and writes them in the format of the run; CSV itself also wants its header.
   */
  public OutputStream writer(OutputStream out) throws IOException {
    return format == TableFormat.CSV
        ? out
        : new CsvRowParser(columns, TableWriter.open(format, columns, out));
  }
}
