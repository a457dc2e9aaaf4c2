package personas.connector.bigquery;

import java.util.Map;
import personas.spec.SourceSpec;
import personas.spec.yaml.SourceKey;
import personas.spec.yaml.SpecNode;

/** Reads {@code input.bigquery}. */
public final class BigQuerySourceKey implements SourceKey {
  static final String NAME = "bigquery";

  @Override
  public String key() {
    return NAME;
  }

  @Override
  public SourceSpec read(SpecNode node) {
    Map<String, SpecNode> keys = node.keys("table", "query");
    SpecNode query = keys.get("query");
    if (!query.isPresent()) {
      return new BigQuerySource.OfTable(BigQueryTable.read(keys.get("table")));
    }
    if (keys.get("table").isPresent()) {
      query.addMistake("cannot be combined with table; remove one of them");
    }
    String sql = query.optionalText();
    if (sql.isBlank()) {
      query.addMistake("is blank");
    }
    return new BigQuerySource.OfQuery(sql);
  }
}
