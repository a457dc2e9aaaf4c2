package personas.connector.contract;

import java.io.IOException;
import java.util.List;
import org.apache.beam.sdk.options.PipelineOptions;
import personas.spec.SpecException;

/** A database or a topic that gets the results of a run in addition to the files. */
public interface ResultSink {
  /** Returns the name and kind of the sink for messages. The name does not contain a secret. */
  String name();

  /**
   * Refuses flags with which the sink cannot be used. The check does not connect, so a dry run
   * makes it too.
   *
   * @param output the folder of the results
   * @throws IllegalArgumentException if a flag is refused; the message names the flag, its value
   *     and what is allowed
   */
  default void checkFlags(String output, PipelineOptions options) {}

  /**
   * Refuses a sink that cannot be reached or does not accept the results. The launcher calls this
   * before a job starts. The check does not change the sink.
   *
   * @throws personas.table.ledger.BadInputException if the sink cannot be reached; the message
   *     names the sink
   * @throws SpecException if the sink does not accept the results; the message names the key of the
   *     spec
   */
  void check(PipelineOptions options) throws IOException, SpecException;

  /**
   * Writes results to the sink, and returns when the sink has all results. If a step is retried,
   * this method is called again.
   *
   * @param files the files of the run; files that are not for the sink are ignored
   * @throws IOException if the sink does not accept all results; the message names the sink and
   *     gives the reason
   */
  void write(List<String> files, PipelineOptions options) throws IOException;
}
