package personas.connector.jdbc;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import personas.spec.InputSpec;
import personas.spec.OutputSpec;
import personas.spec.SinkSpec;
import personas.spec.yaml.SinkKey;
import personas.spec.yaml.SpecNode;

/** Reads {@code output.jdbc}. */
public final class JdbcSinkKey implements SinkKey {
  private static final Pattern TABLE = Pattern.compile("[A-Za-z_]\\w*(\\.[A-Za-z_]\\w*)?");

  @Override
  public String key() {
    return JdbcKeys.NAME;
  }

  @Override
  public SinkSpec read(Map<String, SpecNode> output, OutputSpec files, InputSpec input) {
    SpecNode node = output.get(key());
    Map<String, SpecNode> keys = JdbcKeys.keys(node, "table");
    if (files.format() != format()) {
      node.addMistake(
          "needs output.format csv instead of " + files.format().name().toLowerCase(Locale.ROOT));
    }
    if (input.id() == null) {
      node.addMistake("needs input.id, which identifies the rows of the table");
    }
    JdbcAccess access = JdbcKeys.access(keys);
    String table = keys.get("table").requiredName();
    if (!table.isEmpty() && !TABLE.matcher(table).matches()) {
      keys.get("table").addMistake("'" + table + "' is not of the form table or schema.table");
    }
    return new JdbcTable(access, table);
  }
}
