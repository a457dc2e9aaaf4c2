package personas.connector.contract;

import java.io.Serializable;
import personas.model.assignment.AssignmentColumns;
import personas.spec.SegmentationSpec;

/**
 * What a run asks of its sinks.
 *
 * @param spec names the sinks
 * @param explains whether the run says of each user why the user has the persona
 * @param looksUp whether the run says of each user what the previous run said
 * @param runName a name that no other run has
 */
public record SinkRequest(SegmentationSpec spec, boolean explains, boolean looksUp, String runName)
    implements Serializable {
  /** The columns of the assignments. */
  public AssignmentColumns columns() {
    return AssignmentColumns.of(spec, explains, looksUp);
  }
}
