package personas.spec;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.Serializable;
import personas.spec.connection.BigQueryTable;
import personas.spec.connection.JdbcTable;
import personas.spec.connection.KafkaTopic;
import personas.table.TableFormat;

/**
 * Where the assignments go.
 *
 * @param format of the files of assignments
 * @param jdbc the table that gets them beside the files, row by row by the user's id; null where
 *     there is none
 * @param bigquery the table of BigQuery that is replaced by them; null where there is none
 * @param users the format of the table of users that were aggregated from events; null if it is not
 *     written
 * @param kafka the topic that the lists of users of each persona go to; null if there is none
 * @param audiences where the lists of users of each persona go; null if there are none
 */
public record OutputSpec(
    TableFormat format,
    JdbcTable jdbc,
    BigQueryTable bigquery,
    @JsonInclude(JsonInclude.Include.NON_NULL) TableFormat users,
    @JsonInclude(JsonInclude.Include.NON_NULL) KafkaTopic kafka,
    @JsonInclude(JsonInclude.Include.NON_NULL) AudienceTarget audiences)
    implements Serializable {
  /** Files of CSV. */
  public static final OutputSpec DEFAULT =
      new OutputSpec(TableFormat.CSV, null, null, null, null, null);
}
