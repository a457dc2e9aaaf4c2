package personas.spec;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.Serializable;
import java.util.List;
import personas.table.TableFormat;

/**
 * Where the assignments go.
 *
 * @param format the format of the files of assignments
 * @param targets tables and topics of other systems that get results beside the files; at most one
 *     of each kind
 * @param users the format of the table of users that were aggregated from events; null if it is not
 *     written
 * @param audiences where the lists of users of each persona go; null if there are none
 */
public record OutputSpec(
    TableFormat format,
    List<SinkSpec> targets,
    @JsonInclude(JsonInclude.Include.NON_NULL) TableFormat users,
    @JsonInclude(JsonInclude.Include.NON_NULL) AudienceTarget audiences)
    implements Serializable {
  /** The output as CSV files only. */
  public static final OutputSpec DEFAULT = new OutputSpec(TableFormat.CSV, List.of(), null, null);

  public OutputSpec {
    targets = List.copyOf(targets);
  }

  /** Returns whether the lists of users go to the table or topic that a key names. */
  public boolean sendsListsTo(String key) {
    return audiences != null && audiences.key().equals(key);
  }
}
