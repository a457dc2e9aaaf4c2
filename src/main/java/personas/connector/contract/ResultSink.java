package personas.connector.contract;

import java.io.IOException;
import java.util.List;
import org.apache.beam.sdk.options.PipelineOptions;
import personas.spec.SpecException;

/** A database or a topic that gets the results of a run beside the files. */
public interface ResultSink {
  /** What messages call it, with its kind: never a secret. */
  String name();

  /**
   * Refuses a sink that cannot be reached, or that does not take the results, before a job starts.
   * The sink is as it was afterwards.
   *
   * @throws personas.table.ledger.BadInputException names the sink that cannot be reached
   * @throws SpecException names the key of the spec and what the sink does not take
   */
  void check(PipelineOptions options) throws IOException, SpecException;

  /**
   * Brings results into the sink, and returns when all of them are there. A step that is tried
   * again does this again.
   *
   * @param files of the run; those that are not for the sink are left alone
   * @throws IOException names the sink and what it says
   */
  void write(List<String> files, PipelineOptions options) throws IOException;
}
