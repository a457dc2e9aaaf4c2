package personas.connector.contract;

import java.io.IOException;
import java.util.List;
import org.apache.beam.sdk.options.PipelineOptions;

/**
 * A database as a source of rows. A job stages the rows as files of text values; later steps read
 * the staged rows like the rows of a file.
 */
public interface DatabaseSource extends RowSource {
  /**
   * Asks the database for the names of all columns, in the order of the table, without reading a
   * row.
   *
   * @throws personas.table.ledger.BadInputException if the database does not return the columns;
   *     the message names the database and gives the reason
   */
  List<String> columns(PipelineOptions options) throws IOException;

  @Override
  default boolean isFiles() {
    return false;
  }
}
