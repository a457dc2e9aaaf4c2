package personas.spec;

import java.io.Serializable;
import personas.table.TableFormat;

/**
 * Where the assignments go.
 *
 * @param format of the files of assignments
 * @param jdbc the table that gets them beside the files, row by row by the user's id; null where
 *     there is none
 * @param bigquery the table of BigQuery that is replaced by them; null where there is none
 */
public record OutputSpec(TableFormat format, JdbcTable jdbc, BigQueryTable bigquery)
    implements Serializable {
  /** Files of CSV. */
  public static final OutputSpec DEFAULT = new OutputSpec(TableFormat.CSV, null, null);
}
