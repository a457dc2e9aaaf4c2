package personas.spec.yaml;

import java.util.Map;
import personas.spec.connection.BigQueryInput;
import personas.spec.connection.BigQueryTable;
import personas.table.TableFormat;

/** Reads the parts of a spec that name BigQuery. */
final class BigQueryKeys {
  private BigQueryKeys() {}

  /** The source of input.bigquery, from the keys of input; null where there is none. */
  static BigQueryInput source(Map<String, SpecNode> input) {
    SpecNode node = input.get("bigquery");
    Map<String, SpecNode> keys = node.keys("table", "query");
    if (!node.isPresent()) {
      return null;
    }
    for (String other : new String[] {"path", "jdbc"}) {
      if (input.get(other).isPresent()) {
        node.mistake("stands beside input." + other + "; users come from one of them");
      }
    }
    if (input.get("format").isPresent()) {
      input.get("format").mistake("stands beside input.bigquery; its rows have no format");
    }
    SpecNode query = keys.get("query");
    if (!query.isPresent()) {
      return new BigQueryInput(table(keys.get("table")), null);
    }
    if (keys.get("table").isPresent()) {
      query.mistake("stands beside table; users come from one of them");
    }
    String sql = query.optionalText();
    if (sql.isBlank()) {
      query.mistake("is blank");
    }
    return new BigQueryInput(null, sql);
  }

  /** The table of output.bigquery, from the keys of output; null where there is none. */
  static BigQueryTable target(Map<String, SpecNode> output, TableFormat format) {
    SpecNode node = output.get("bigquery");
    Map<String, SpecNode> keys = node.keys("table");
    if (!node.isPresent()) {
      return null;
    }
    if (format != TableFormat.AVRO) {
      output.get("format").mistake("stands beside output.bigquery, which loads files of avro");
    }
    if (output.get("jdbc").isPresent()) {
      node.mistake("stands beside output.jdbc; one table gets the assignments");
    }
    return table(keys.get("table"));
  }

  private static BigQueryTable table(SpecNode node) {
    String name = node.requiredName();
    BigQueryTable table = BigQueryTable.parse(name);
    if (table == null && !name.isEmpty()) {
      node.mistake("'" + name + "' is not project.dataset.table or dataset.table");
    }
    return table;
  }
}
