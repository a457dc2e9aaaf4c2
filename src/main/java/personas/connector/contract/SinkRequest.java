package personas.connector.contract;

import java.io.Serializable;
import personas.model.assignment.AssignmentColumns;
import personas.spec.SegmentationSpec;

/**
 * What a run writes to its sinks.
 *
 * @param spec the spec, which names the sinks
 * @param explains whether the run explains each user's persona
 * @param showsPreviousPersona whether the run shows the previous persona of each user
 * @param runName the unique name of the run
 */
public record SinkRequest(
    SegmentationSpec spec, boolean explains, boolean showsPreviousPersona, String runName)
    implements Serializable {
  /** Returns the columns of the assignments. */
  public AssignmentColumns columns() {
    return AssignmentColumns.of(spec, explains, showsPreviousPersona);
  }
}
