package personas.spec.yaml;

import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import personas.spec.AudienceTarget;
import personas.spec.InputSpec;
import personas.spec.OutputSpec;
import personas.spec.connection.DatabaseUrl;
import personas.spec.connection.JdbcAccess;
import personas.spec.connection.JdbcQuery;
import personas.spec.connection.JdbcTable;
import personas.spec.connection.KafkaTopic;
import personas.spec.connection.ResultTarget;
import personas.spec.connection.SqlStatements;
import personas.table.TableFormat;

/** Reads the key {@code output}, and the keys that name databases and topics. */
final class OutputKeys {
  private static final String POSTGRESQL = "jdbc:postgresql:";
  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final Pattern TABLE = Pattern.compile("[A-Za-z_]\\w*(\\.[A-Za-z_]\\w*)?");

  private OutputKeys() {}

  /** Reads {@code input.jdbc} from the keys of {@code input}; returns null if it is absent. */
  static JdbcQuery query(Map<String, SpecNode> input) {
    SpecNode node = input.get("jdbc");
    Map<String, SpecNode> keys = node.keys("url", "query", "user", "passwordEnv", "passwordFile");
    if (!node.isPresent()) {
      return null;
    }
    if (input.get("path").isPresent()) {
      node.addMistake("cannot be combined with input.path; remove one of them");
    }
    if (input.get("format").isPresent()) {
      input.get("format").addMistake("does not apply to input.jdbc; remove it");
    }
    JdbcAccess access = access(keys);
    if (!keys.get("query").isPresent()) {
      keys.get("query").addMistake("missing");
    } else if (SqlStatements.only(String.valueOf(keys.get("query").optionalText())) == null) {
      keys.get("query").addMistake("holds a second statement; only one SELECT is allowed");
    }
    return new JdbcQuery(access, keys.get("query").optionalText());
  }

  /** Reads {@code output}; the defaults apply if the key is absent. */
  static OutputSpec output(SpecNode node, InputSpec input) {
    Map<String, SpecNode> keys =
        node.keys("format", "jdbc", "bigquery", "users", "kafka", "audiences");
    TableFormat defaultFormat =
        keys.get("bigquery").isPresent() ? TableFormat.AVRO : TableFormat.CSV;
    TableFormat format = keys.get("format").oneOf(TableFormat.class, defaultFormat);
    if (format == TableFormat.AVRO) {
      for (String column : input.passThrough()) {
        if (!VARIABLE.matcher(column).matches()) {
          keys.get("format")
              .addMistake(
                  "'"
                      + column
                      + "' is not a valid column name in Avro; allowed are letters, digits and _");
        }
      }
    }
    TableFormat users = users(keys.get("users"), input);
    AudienceTarget audiences = audiences(keys, input);
    return new OutputSpec(
        format,
        Stream.<ResultTarget>of(
                table(keys.get("jdbc"), format, input),
                BigQueryKeys.target(keys, format),
                topic(keys, audiences))
            .filter(Objects::nonNull)
            .toList(),
        users,
        audiences);
  }

  /** Returns the format of the table of users; null if the table is not written. */
  private static TableFormat users(SpecNode node, InputSpec input) {
    TableFormat users = node.oneOf(TableFormat.class, null);
    if (users != null && input.aggregate() == null) {
      node.addMistake("needs input.aggregate; without it the input is the table of users");
    }
    return users;
  }

  /** Returns where the lists of users go; null if the run writes no lists. */
  private static AudienceTarget audiences(Map<String, SpecNode> keys, InputSpec input) {
    AudienceTarget audiences = keys.get("audiences").oneOf(AudienceTarget.class, null);
    if (audiences != null && input.id() == null) {
      keys.get("audiences").addMistake("needs input.id, which identifies the users of a list");
    }
    for (AudienceTarget target : AudienceTarget.values()) {
      String key = target.name().toLowerCase(Locale.ROOT);
      if (audiences == target && target.needsTarget() && !keys.get(key).isPresent()) {
        keys.get("audiences")
            .addMistake("needs output." + key + ", which names the target of the lists");
      }
    }
    return audiences;
  }

  private static KafkaTopic topic(Map<String, SpecNode> output, AudienceTarget audiences) {
    SpecNode node = output.get("kafka");
    Map<String, SpecNode> keys = node.keys("topic", "propertiesFile");
    if (!node.isPresent()) {
      return null;
    }
    if (audiences != AudienceTarget.KAFKA) {
      node.addMistake(
          "needs output.audiences: kafka, because a topic gets lists of users, not assignments");
    }
    String address = keys.get("topic").requiredName();
    KafkaTopic topic = KafkaTopic.parse(address, keys.get("propertiesFile").optionalPath());
    if (topic == null && !address.isEmpty()) {
      keys.get("topic").addMistake("'" + address + "' is not like kafka://host:9092/topic");
    }
    return topic;
  }

  private static JdbcTable table(SpecNode node, TableFormat format, InputSpec input) {
    Map<String, SpecNode> keys = node.keys("url", "table", "user", "passwordEnv", "passwordFile");
    if (!node.isPresent()) {
      return null;
    }
    if (format != TableFormat.CSV) {
      node.addMistake(
          "needs output.format csv instead of " + format.name().toLowerCase(Locale.ROOT));
    }
    if (input.id() == null) {
      node.addMistake("needs input.id, which identifies the rows of the table");
    }
    JdbcAccess access = access(keys);
    String table = keys.get("table").requiredName();
    if (!table.isEmpty() && !TABLE.matcher(table).matches()) {
      keys.get("table").addMistake("'" + table + "' is not of the form table or schema.table");
    }
    return new JdbcTable(access, table);
  }

  private static JdbcAccess access(Map<String, SpecNode> keys) {
    String url = keys.get("url").requiredName();
    if (DatabaseUrl.holdsSecret(url)) {
      // The message does not show the URL, because a log may keep the message.
      keys.get("url").addMistake("holds a user or a password; move them to user and passwordEnv");
    } else if (!url.isEmpty() && !url.startsWith(POSTGRESQL)) {
      keys.get("url")
          .addMistake("'" + DatabaseUrl.shown(url) + "' does not start with " + POSTGRESQL);
    } else if (!url.isEmpty() && !DatabaseUrl.isPlain(url)) {
      // The driver would log the text that it reads as the port.
      keys.get("url")
          .addMistake("is not like jdbc:postgresql://host:5432/database; write an @ as %40");
    }
    SpecNode variable = keys.get("passwordEnv");
    String env = variable.optionalPath();
    if (env != null && !VARIABLE.matcher(env).matches()) {
      variable.addMistake("is not the name of an environment variable");
    }
    if (env != null && keys.get("passwordFile").isPresent()) {
      variable.addMistake("cannot be combined with passwordFile; remove one of them");
    }
    return new JdbcAccess(
        url, keys.get("user").optionalPath(), env, keys.get("passwordFile").optionalPath());
  }
}
