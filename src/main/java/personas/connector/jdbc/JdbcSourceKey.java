package personas.connector.jdbc;

import java.util.Map;
import personas.spec.SourceSpec;
import personas.spec.yaml.SourceKey;
import personas.spec.yaml.SpecNode;

/** Reads {@code input.jdbc}. */
public final class JdbcSourceKey implements SourceKey {
  @Override
  public String key() {
    return JdbcKeys.NAME;
  }

  @Override
  public SourceSpec read(SpecNode node) {
    Map<String, SpecNode> keys = JdbcKeys.keys(node, "query");
    JdbcAccess access = JdbcKeys.access(keys);
    SpecNode query = keys.get("query");
    if (!query.isPresent()) {
      query.addMistake("missing");
    } else if (SqlStatements.only(query.optionalText()) == null) {
      query.addMistake("holds a second statement; only one SELECT is allowed");
    }
    return new JdbcSource(access, query.optionalText());
  }
}
