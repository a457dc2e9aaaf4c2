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

/** Reads the parts of a spec that name databases and the output. */
final class OutputKeys {
  private static final String POSTGRESQL = "jdbc:postgresql:";
  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final Pattern TABLE = Pattern.compile("[A-Za-z_]\\w*(\\.[A-Za-z_]\\w*)?");

  private OutputKeys() {}

  /** The query of input.jdbc, from the keys of input; null where there is none. */
  static JdbcQuery query(Map<String, SpecNode> input) {
    SpecNode node = input.get("jdbc");
    Map<String, SpecNode> keys = node.keys("url", "query", "user", "passwordEnv", "passwordFile");
    if (!node.isPresent()) {
      return null;
    }
    if (input.get("path").isPresent()) {
      node.mistake("stands beside input.path; users come from one of them");
    }
    if (input.get("format").isPresent()) {
      input.get("format").mistake("stands beside input.jdbc; a query has no format");
    }
    JdbcAccess access = access(keys);
    if (!keys.get("query").isPresent()) {
      keys.get("query").mistake("missing");
    } else if (SqlStatements.only(String.valueOf(keys.get("query").optionalText())) == null) {
      keys.get("query").mistake("holds a second statement; it is one SELECT");
    }
    return new JdbcQuery(access, keys.get("query").optionalText());
  }

  static OutputSpec output(SpecNode node, InputSpec input) {
    Map<String, SpecNode> keys =
        node.keys("format", "jdbc", "bigquery", "users", "kafka", "audiences");
    TableFormat otherwise = keys.get("bigquery").isPresent() ? TableFormat.AVRO : TableFormat.CSV;
    TableFormat format = keys.get("format").oneOf(TableFormat.class, otherwise);
    if (format == TableFormat.AVRO) {
      for (String column : input.passThrough()) {
        if (!VARIABLE.matcher(column).matches()) {
          keys.get("format").mistake("'" + column + "' is no name of a column to Avro");
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

  /** The format of the table of users; null if it is not written. */
  private static TableFormat users(SpecNode node, InputSpec input) {
    TableFormat users = node.oneOf(TableFormat.class, null);
    if (users != null && input.aggregate() == null) {
      node.mistake("needs input.aggregate; without it the input is the table of users");
    }
    return users;
  }

  /** Where the lists of users go; null if there are none. */
  private static AudienceTarget audiences(Map<String, SpecNode> keys, InputSpec input) {
    AudienceTarget audiences = keys.get("audiences").oneOf(AudienceTarget.class, null);
    if (audiences != null && input.id() == null) {
      keys.get("audiences").mistake("needs an input.id, by which the users are known");
    }
    for (AudienceTarget target : AudienceTarget.values()) {
      String key = target.name().toLowerCase(Locale.ROOT);
      if (audiences == target && target.isTable() && !keys.get(key).isPresent()) {
        keys.get("audiences").mistake("needs output." + key + ", which says where they go");
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
      node.mistake("needs output.audiences: kafka; a topic takes no assignments");
    }
    String address = keys.get("topic").requiredName();
    KafkaTopic topic = KafkaTopic.parse(address, keys.get("propertiesFile").optionalPath());
    if (topic == null && !address.isEmpty()) {
      keys.get("topic").mistake("'" + address + "' is not like kafka://host:9092/topic");
    }
    return topic;
  }

  private static JdbcTable table(SpecNode node, TableFormat format, InputSpec input) {
    Map<String, SpecNode> keys = node.keys("url", "table", "user", "passwordEnv", "passwordFile");
    if (!node.isPresent()) {
      return null;
    }
    if (format != TableFormat.CSV) {
      node.mistake(
          "stands beside output.format "
              + format.name().toLowerCase(Locale.ROOT)
              + "; a table is filled from files of csv");
    }
    if (input.id() == null) {
      node.mistake("needs an input.id, by which the rows of the table are known");
    }
    JdbcAccess access = access(keys);
    String table = keys.get("table").requiredName();
    if (!table.isEmpty() && !TABLE.matcher(table).matches()) {
      keys.get("table").mistake("'" + table + "' is not table or schema.table");
    }
    return new JdbcTable(access, table);
  }

  private static JdbcAccess access(Map<String, SpecNode> keys) {
    String url = keys.get("url").requiredName();
    if (DatabaseUrl.holdsSecret(url)) {
      // Not shown: this message may stand in a log.
      keys.get("url").mistake("holds a user or a password; they go to user and passwordEnv");
    } else if (!url.isEmpty() && !url.startsWith(POSTGRESQL)) {
      keys.get("url").mistake("'" + DatabaseUrl.shown(url) + "' does not start with " + POSTGRESQL);
    } else if (!url.isEmpty() && !DatabaseUrl.isPlain(url)) {
      // The driver would log what it takes for the port.
      keys.get("url")
          .mistake("is not like jdbc:postgresql://host:5432/database; a sign @ is written %40");
    }
    SpecNode variable = keys.get("passwordEnv");
    String env = variable.optionalPath();
    if (env != null && !VARIABLE.matcher(env).matches()) {
      variable.mistake("is no name of an environment variable");
    }
    if (env != null && keys.get("passwordFile").isPresent()) {
      variable.mistake("stands beside passwordFile; a password comes from one of them");
    }
    return new JdbcAccess(
        url, keys.get("user").optionalPath(), env, keys.get("passwordFile").optionalPath());
  }
}
