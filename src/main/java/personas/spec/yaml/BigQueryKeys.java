package personas.spec.yaml;

import java.util.Map;
import personas.spec.connection.BigQueryInput;
import personas.spec.connection.BigQueryTable;
import personas.table.TableFormat;

/** Reads the parts of a spec that name BigQuery. */
final class BigQueryKeys {
  private BigQueryKeys() {}

  /** Reads {@code input.bigquery} from the keys of {@code input}; returns null if it is absent. */
  static BigQueryInput source(Map<String, SpecNode> input) {
    SpecNode node = input.get("bigquery");
    Map<String, SpecNode> keys = node.keys("table", "query");
    if (!node.isPresent()) {
      return null;
    }
    for (String other : new String[] {"path", "jdbc"}) {
      if (input.get(other).isPresent()) {
        node.addMistake("cannot be combined with input." + other + "; remove one of them");
      }
    }
    if (input.get("format").isPresent()) {
      input.get("format").addMistake("does not apply to input.bigquery; remove it");
    }
    SpecNode query = keys.get("query");
    if (!query.isPresent()) {
      return new BigQueryInput(table(keys.get("table")), null);
    }
    if (keys.get("table").isPresent()) {
      query.addMistake("cannot be combined with table; remove one of them");
    }
    String sql = query.optionalText();
    if (sql.isBlank()) {
      query.addMistake("is blank");
    }
    return new BigQueryInput(null, sql);
  }

  /**
   * Reads {@code output.bigquery} from the keys of {@code output}; returns null if it is absent.
   */
  static BigQueryTable target(Map<String, SpecNode> output, TableFormat format) {
    SpecNode node = output.get("bigquery");
    Map<String, SpecNode> keys = node.keys("table");
    if (!node.isPresent()) {
      return null;
    }
    if (format != TableFormat.AVRO) {
      output.get("format").addMistake("must be avro with output.bigquery, which loads Avro files");
    }
    if (output.get("jdbc").isPresent()) {
      node.addMistake("cannot be combined with output.jdbc; remove one of them");
    }
    return table(keys.get("table"));
  }

  private static BigQueryTable table(SpecNode node) {
    String name = node.requiredName();
    BigQueryTable table = BigQueryTable.parse(name);
    if (table == null && !name.isEmpty()) {
      node.addMistake("'" + name + "' is not of the form project.dataset.table or dataset.table");
    }
    return table;
  }
}
