package personas.connector;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import org.apache.beam.sdk.options.PipelineOptions;
import personas.connector.bigquery.BigQuerySink;
import personas.connector.contract.ResultSink;
import personas.connector.contract.SinkRequest;
import personas.connector.jdbc.PostgresSink;
import personas.connector.kafka.KafkaAudiences;
import personas.spec.SpecException;
import personas.spec.connection.BigQueryTable;
import personas.spec.connection.JdbcTable;
import personas.spec.connection.KafkaTopic;
import personas.spec.connection.ResultTarget;

/** The databases and topics that a spec may name as its output. */
public final class ResultSinks {
  /**
   * The sink of each kind of target; returns null for a target of another kind. Results are written
   * in this order.
   */
  private static final List<BiFunction<ResultTarget, SinkRequest, ResultSink>> ALL =
      List.of(
          (target, run) -> target instanceof JdbcTable table ? new PostgresSink(table, run) : null,
          (target, run) ->
              target instanceof BigQueryTable table ? new BigQuerySink(table, run) : null,
          (target, run) ->
              target instanceof KafkaTopic topic ? new KafkaAudiences(topic, run) : null);

  private ResultSinks() {}

  /** The sinks of a run, which may be none. */
  public static List<ResultSink> of(SinkRequest request) {
    List<ResultTarget> targets = request.spec().output().targets();
    return ALL.stream()
        .flatMap(sink -> targets.stream().map(target -> sink.apply(target, request)))
        .filter(Objects::nonNull)
        .toList();
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
