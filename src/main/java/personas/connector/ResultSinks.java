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
   * One factory for each kind of sink. A factory returns null for a target of another kind. Results
   * are written in this order.
   */
  private static final List<BiFunction<ResultTarget, SinkRequest, ResultSink>> FACTORIES =
      List.of(
          (target, run) -> target instanceof JdbcTable table ? new PostgresSink(table, run) : null,
          (target, run) ->
              target instanceof BigQueryTable table ? new BigQuerySink(table, run) : null,
          (target, run) ->
              target instanceof KafkaTopic topic ? new KafkaAudiences(topic, run) : null);

  private ResultSinks() {}

  /**
   * Returns the sinks of a run, in the order in which results are written; possibly an empty list.
   */
  public static List<ResultSink> of(SinkRequest request) {
    List<ResultTarget> targets = request.spec().output().targets();
    return FACTORIES.stream()
        .flatMap(factory -> targets.stream().map(target -> factory.apply(target, request)))
        .filter(Objects::nonNull)
        .toList();
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
