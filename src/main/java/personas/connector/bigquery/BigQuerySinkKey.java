package personas.connector.bigquery;

import java.util.Map;
import personas.spec.InputSpec;
import personas.spec.OutputSpec;
import personas.spec.SinkSpec;
import personas.spec.yaml.SinkKey;
import personas.spec.yaml.SpecNode;
import personas.table.TableFormat;

/** Reads {@code output.bigquery}. */
public final class BigQuerySinkKey implements SinkKey {
  @Override
  public String key() {
    return BigQuerySourceKey.NAME;
  }

  @Override
  public TableFormat format() {
    return TableFormat.AVRO;
  }

  @Override
  public SinkSpec read(Map<String, SpecNode> output, OutputSpec files, InputSpec input) {
    SpecNode node = output.get(key());
    Map<String, SpecNode> keys = node.keys("table");
    if (files.format() != format()) {
      output.get("format").addMistake("must be avro with output.bigquery, which loads Avro files");
    }
    if (output.get("jdbc").isPresent()) {
      // BigQuery loads Avro, PostgreSQL loads CSV, and a run writes its assignments in one format.
      node.addMistake("cannot be combined with output.jdbc; remove one of them");
    }
    return BigQueryTable.read(keys.get("table"));
  }
}
