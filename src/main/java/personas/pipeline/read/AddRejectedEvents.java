package personas.pipeline.read;

import java.io.IOException;
import org.apache.beam.sdk.transforms.DoFn;
import personas.connector.storage.SerializedFile;
import personas.run.RunPlan;
import personas.run.events.EventTotals;
import personas.run.state.InputTotals;

/**
 * Adds the rejected events to the rejected users, so that the results hold both. The totals of the
 * events are staged before the first user is read.
 */
final class AddRejectedEvents extends DoFn<InputTotals, InputTotals> {
  private static final long serialVersionUID = 1;

  private final String eventTotals;

  AddRejectedEvents(RunPlan plan) {
    eventTotals = plan.folders().eventTotals();
  }

  @ProcessElement
  public void process(@Element InputTotals users, OutputReceiver<InputTotals> out)
      throws IOException {
    EventTotals events = SerializedFile.load(eventTotals, EventTotals.class);
    out.output(users.withRejected(events.files(), events.ledgers().examples()));
  }
}
