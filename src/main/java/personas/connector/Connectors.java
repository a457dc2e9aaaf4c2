package personas.connector;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import personas.connector.bigquery.BigQuerySinkKey;
import personas.connector.bigquery.BigQuerySourceKey;
import personas.connector.contract.RowSource;
import personas.connector.files.FileSourceKey;
import personas.connector.jdbc.JdbcSinkKey;
import personas.connector.jdbc.JdbcSourceKey;
import personas.connector.kafka.KafkaSinkKey;
import personas.spec.InputSpec;
import personas.spec.SegmentationSpec;
import personas.spec.SpecException;
import personas.spec.yaml.SinkKey;
import personas.spec.yaml.SourceKey;
import personas.spec.yaml.SpecReader;

/**
 * The list of all connectors. A new connector is one folder below this folder, and one line here
 * for its key in a spec. The libraries of a connector are loaded only if a spec names it.
 */
public final class Connectors {
  /** The sources of rows, by their keys below {@code input}. */
  private static final List<SourceKey> SOURCES =
      List.of(new FileSourceKey(), new JdbcSourceKey(), new BigQuerySourceKey());

  /** The tables and topics that get results, by their keys below {@code output}. */
  private static final List<SinkKey> SINKS =
      List.of(new JdbcSinkKey(), new BigQuerySinkKey(), new KafkaSinkKey());

  private Connectors() {}

  /**
   * Reads a spec that may name any connector.
   *
   * @param source the name of the file, for messages
   * @param yaml the content of the file
   * @throws SpecException if the spec has mistakes; the message lists them with file, key, value
   *     and what is allowed
   * @throws IOException if the stream cannot be read
   */
  public static SegmentationSpec readSpec(String source, InputStream yaml)
      throws SpecException, IOException {
    return SpecReader.read(source, yaml, SOURCES, SINKS);
  }

  /**
   * Returns the source of an input; null if the spec does not name a source. The classes of a spec
   * do not import Beam, so the type of the source in a spec has only a name.
   */
  public static RowSource source(InputSpec input) {
    return (RowSource) input.source();
  }
}
