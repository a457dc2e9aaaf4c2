package personas.connector;

import java.io.IOException;
import java.util.List;
import org.apache.beam.sdk.options.PipelineOptions;
import personas.connector.contract.ResultSink;
import personas.connector.contract.SinkRequest;
import personas.connector.contract.SinkTarget;
import personas.spec.SpecException;

/** The tables and topics that get the results of a run. */
public final class ResultSinks {
  private ResultSinks() {}

  /**
   * Returns the sinks of a run, in the order in which results are written; possibly an empty list.
   */
  public static List<ResultSink> of(SinkRequest request) {
    // The classes of a spec do not import Beam, so the type of the targets in a spec has no
    // methods.
    return request.spec().output().targets().stream()
        .map(target -> ((SinkTarget) target).sink(request))
        .toList();
  }

  /**
   * Refuses flags with which a sink cannot be used, see {@link ResultSink#checkFlags}.
   *
   * @param output the folder of the results
   */
  public static void checkFlags(SinkRequest request, String output, PipelineOptions options) {
    for (ResultSink sink : of(request)) {
      sink.checkFlags(output, options);
    }
  }

  /**
   * Checks all sinks and refuses the first that does not accept the results, see {@link
   * ResultSink#check}.
   */
  public static void check(SinkRequest request, PipelineOptions options)
      throws IOException, SpecException {
    for (ResultSink sink : of(request)) {
      sink.check(options);
    }
  }

  /** Writes the files of a run to all sinks of the run, see {@link ResultSink#write}. */
  public static void write(SinkRequest request, List<String> files, PipelineOptions options)
      throws IOException {
    for (ResultSink sink : of(request)) {
      sink.write(files, options);
    }
  }
}
