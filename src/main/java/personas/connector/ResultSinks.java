package personas.connector;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.apache.beam.sdk.options.PipelineOptions;
import personas.connector.bigquery.BigQuerySink;
import personas.connector.contract.ResultSink;
import personas.connector.contract.SinkRequest;
import personas.connector.jdbc.PostgresSink;
import personas.connector.kafka.KafkaAudiences;
import personas.spec.SpecException;

/** The databases and topics that a spec may name as its output. */
public final class ResultSinks {
  /**
   * Each gives null if the spec does not name its kind of sink. Results are written in this order.
   */
  private static final List<Function<SinkRequest, ResultSink>> ALL =
      List.of(
          run -> run.spec().output().jdbc() == null ? null : new PostgresSink(run),
          run -> run.spec().output().bigquery() == null ? null : new BigQuerySink(run),
          run -> run.spec().output().kafka() == null ? null : new KafkaAudiences(run));

  private ResultSinks() {}

  /** The sinks of a run, which may be none. */
  public static List<ResultSink> of(SinkRequest request) {
    return ALL.stream().map(each -> each.apply(request)).filter(Objects::nonNull).toList();
  }

  /** Refuses the first sink that does not take the results, see {@link ResultSink#check}. */
  public static void check(SinkRequest request, PipelineOptions options)
      throws IOException, SpecException {
    for (ResultSink sink : of(request)) {
      sink.check(options);
    }
  }

  /** Brings the files of a run into all of its sinks, see {@link ResultSink#write}. */
  public static void write(SinkRequest request, List<String> files, PipelineOptions options)
      throws IOException {
    for (ResultSink sink : of(request)) {
      sink.write(files, options);
    }
  }
}
