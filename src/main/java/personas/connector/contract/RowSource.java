package personas.connector.contract;

import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.values.PCollection;
import personas.connector.storage.Folder;
import personas.connector.storage.RefusalFile;
import personas.feature.UserSchema;
import personas.table.read.FileRange;

/**
 * A database as an input. A job stages the rows as files of text values; from then on, rows of a
 * database are read like the rows of a file.
 */
public interface RowSource extends Serializable {
  /** Returns the name for messages and the ledger. The name does not contain a secret. */
  String name();

  /**
   * Asks the database for the names of all columns, in the order of the table, without reading a
   * row.
   *
   * @throws personas.table.ledger.BadInputException names the database and gives its message
   */
  List<String> columns(PipelineOptions options) throws IOException;

  /**
   * Refuses a database that cannot be reached or that lacks a column. Does not read a row.
   *
   * @throws personas.table.ledger.BadInputException names the database, the missing column and the
   *     column with the nearest name
   */
  void check(UserSchema schema, PipelineOptions options) throws IOException;

  /**
   * Stages the rows.
   *
   * @param source one element, the {@link #name}
   * @param schema the columns to stage
   * @param folder the folder that gets the files
   * @param refusal the file that gets the reason if the database refuses the query
   * @return the ranges of the rows, one for each staged file
   */
  PCollection<FileRange> stage(
      PCollection<String> source, UserSchema schema, Folder folder, RefusalFile refusal);
}
