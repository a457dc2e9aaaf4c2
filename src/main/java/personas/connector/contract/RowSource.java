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
 * A database that gives rows. A job stages the rows as files of text values, and from there on they
 * are read as the rows of a file.
 */
public interface RowSource extends Serializable {
  /** What messages and the ledger show: never a secret. */
  String name();

  /**
   * The names of all columns, in their order; asks the database, and reads no row.
   *
   * @throws personas.table.ledger.BadInputException names the database and what it says
   */
  List<String> columns(PipelineOptions options) throws IOException;

  /**
   * Refuses a database that cannot be asked, or that lacks a column; reads no row.
   *
   * @throws personas.table.ledger.BadInputException names the database, the missing column and the
   *     nearest
   */
  void check(UserSchema schema, PipelineOptions options) throws IOException;

  /**
   * Stages the rows.
   *
   * @param source the {@link #name}, as the one element of the step before
   * @param schema the columns that are wanted
   * @param folder where the files are written
   * @param refusal where the reason stands if the database refuses
   * @return ranges of the rows, each in a staged file
   */
  PCollection<FileRange> stage(
      PCollection<String> source, UserSchema schema, Folder folder, RefusalFile refusal);
}
