package personas.model.assignment;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import personas.spec.InputSpec;
import personas.spec.SegmentationSpec;
import personas.table.TableColumn;
import personas.table.TableFormat;
import personas.table.TableWriter;
import personas.table.csv.CsvRowParser;
import personas.table.write.TypedTableFile;
import personas.text.CsvBuffer;

/**
 * The columns and the format of a table: the assignments, or the lists of each persona's users.
 *
 * @param content the start of the names of the files
 * @param format the format of the files
 * @param columns the columns, in the order of the CSV header
 */
public record AssignmentColumns(String content, TableFormat format, List<TableColumn> columns)
    implements Serializable {

  /**
   * Returns the columns of the assignments of a run.
   *
   * @param spec the spec of the run
   * @param explains whether the run explains the persona of each user
   * @param looksUpPrevious whether the run looks up the previous persona of each user
   */
  public static AssignmentColumns of(
      SegmentationSpec spec, boolean explains, boolean looksUpPrevious) {
    List<TableColumn> columns = new ArrayList<>();
    columns.add(new TableColumn(InputSpec.USER_ID_COLUMN, TableColumn.Type.TEXT));
    columns.add(new TableColumn(InputSpec.CLUSTER_COLUMN, TableColumn.Type.INTEGER));
    columns.add(new TableColumn(InputSpec.PERSONA_COLUMN, TableColumn.Type.TEXT));
    columns.add(new TableColumn(InputSpec.DISTANCE_COLUMN, TableColumn.Type.DOUBLE));
    columns.add(new TableColumn(InputSpec.SECOND_PERSONA_COLUMN, TableColumn.Type.TEXT));
    columns.add(new TableColumn(InputSpec.MARGIN_COLUMN, TableColumn.Type.DOUBLE));
    columns.add(new TableColumn(InputSpec.OUTLIER_COLUMN, TableColumn.Type.BOOLEAN));
    if (explains) {
      InputSpec.EXPLANATION_COLUMNS.forEach(
          column -> columns.add(new TableColumn(column, TableColumn.Type.TEXT)));
    }
    if (looksUpPrevious) {
      columns.add(new TableColumn("previous_persona", TableColumn.Type.TEXT));
      columns.add(new TableColumn("changed", TableColumn.Type.BOOLEAN));
      if (spec.stickiness() != null) {
        columns.add(new TableColumn(InputSpec.HELD_COLUMN, TableColumn.Type.BOOLEAN));
      }
    }
    spec.input()
        .passThrough()
        .forEach(column -> columns.add(new TableColumn(column, TableColumn.Type.TEXT)));
    return new AssignmentColumns("assignments", spec.output().format(), List.copyOf(columns));
  }

  /**
   * Returns the columns of the table of all lists of users: the file name of the persona, the
   * change ({@code member}, {@code entered} or {@code left}), the user id and the pass-through
   * columns.
   */
  public static AssignmentColumns ofAudiences(SegmentationSpec spec) {
    List<TableColumn> columns = new ArrayList<>();
    for (String name : List.of("audience", "change", "user_id")) {
      columns.add(new TableColumn(name, TableColumn.Type.TEXT));
    }
    spec.input()
        .passThrough()
        .forEach(column -> columns.add(new TableColumn(column, TableColumn.Type.TEXT)));
    return new AssignmentColumns(
        "audiences", spec.output().audiences().format(), List.copyOf(columns));
  }

  /**
   * Returns a stream that takes CSV rows and writes them in the format of the table. A CSV table
   * begins with the header.
   */
  public OutputStream writer(OutputStream out) throws IOException {
    if (format != TableFormat.CSV) {
      return new CsvRowParser(columns, TypedTableFile.open(format, columns, out));
    }
    out.write(header(columns.stream().map(TableColumn::name).toList()));
    return out;
  }

  /** Returns column names as a CSV header, followed by a line feed. */
  static byte[] header(List<String> names) {
    CsvBuffer header = new CsvBuffer();
    for (String column : names) {
      if (header.size() > 0) {
        header.appendByte(',');
      }
      byte[] name = AssignmentWriter.field(column);
      header.append(name, 0, name.length);
    }
    header.appendByte('\n');
    return header.toByteArray();
  }

  /** Returns the files of this table among the files of a run, sorted. */
  public List<String> filesOf(List<String> files) {
    return files.stream()
        .filter(file -> file.substring(file.lastIndexOf('/') + 1).startsWith(content + "-"))
        .sorted()
        .toList();
  }

  /**
   * Reads a CSV file that a run wrote, and passes its rows to a writer.
   *
   * @param in the file with its header; stays open
   * @param rows gets the rows; stays open
   */
  public void read(InputStream in, TableWriter rows) throws IOException {
    for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
      // Skips the header, which contains no line breaks.
    }
    in.transferTo(new CsvRowParser(columns, rows));
  }
}
