package personas.connector.jdbc;

import java.util.Map;
import java.util.regex.Pattern;
import personas.spec.yaml.SpecNode;

/** Reads the keys that {@code input.jdbc} and {@code output.jdbc} share. */
final class JdbcKeys {
  static final String NAME = "jdbc";

  private static final String POSTGRESQL = "jdbc:postgresql:";
  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  private JdbcKeys() {}

  /** Returns the nodes of the keys of a connection, and of one additional key. */
  static Map<String, SpecNode> keys(SpecNode node, String additionalKey) {
    return node.keys("url", additionalKey, "user", "passwordEnv", "passwordFile");
  }

  /** Reads the keys of a connection, and adds the mistakes of these keys. */
  static JdbcAccess access(Map<String, SpecNode> keys) {
    String url = keys.get("url").requiredName();
    if (DatabaseUrl.holdsSecret(url)) {
      // The message does not show the URL, because a log may keep the message.
      keys.get("url").addMistake("holds a user or a password; move them to user and passwordEnv");
    } else if (!url.isEmpty() && !url.startsWith(POSTGRESQL)) {
      keys.get("url")
          .addMistake("'" + DatabaseUrl.masked(url) + "' does not start with " + POSTGRESQL);
    } else if (!url.isEmpty() && !DatabaseUrl.isPlain(url)) {
      // The driver would log the text that it reads as the port.
      keys.get("url")
          .addMistake("is not like jdbc:postgresql://host:5432/database; write an @ as %40");
    }
    return new JdbcAccess(url, keys.get("user").optionalLine(), password(keys));
  }

  private static JdbcPassword password(Map<String, SpecNode> keys) {
    SpecNode variable = keys.get("passwordEnv");
    String env = variable.optionalLine();
    if (env != null && !VARIABLE.matcher(env).matches()) {
      variable.addMistake("is not the name of an environment variable");
    }
    if (env != null && keys.get("passwordFile").isPresent()) {
      variable.addMistake("cannot be combined with passwordFile; remove one of them");
    }
    String file = keys.get("passwordFile").optionalLine();
    if (env != null) {
      return new JdbcPassword.InVariable(env);
    }
    return file == null ? JdbcPassword.NONE : new JdbcPassword.InFile(file);
  }
}
