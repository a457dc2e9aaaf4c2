package personas.connector.jdbc;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Hides credentials in JDBC URLs and in the messages of drivers. Each driver accepts a user and a
 * password in other parts of a URL. So this class shows only the kind of a database, its hosts and
 * its name.
 */
final class DatabaseUrl {
  /** Replaces each hidden part. */
  private static final String HIDDEN = "…";

  private static final Pattern KIND =
      Pattern.compile("(?i)((?:jdbc:)?[a-z][a-z0-9+.-]*):(.*)", Pattern.DOTALL);

  private static final String HOST = "(?:[\\w.%-]++|\\[[0-9A-Fa-f:.]++\\])(?::\\d++)?(?![\\w.%-])";

  /** Hosts, then optionally the name of a database, which ends the text or precedes parameters. */
  private static final Pattern HOSTS_AND_NAME =
      Pattern.compile(
          "//(?:" + HOST + "(?:," + HOST + ")*|(?=/[^/]))(?:/[^/?;:&=,@\\s]*+(?=[?;:&\\s]|$))?",
          Pattern.UNICODE_CHARACTER_CLASS);

  private static final Pattern ORACLE_HOST_AND_NAME =
      Pattern.compile("(" + HOST + ")[:/]([\\w.$-]+)$");
  private static final Pattern NAME = Pattern.compile("[\\w.-]+(?=[?]|$)");

  /** A parameter that holds a user or a secret. */
  private static final String SECRET_NAMES =
      "(?:pass|pwd|secret|token|credential|user|uid)\\w{0,40}";

  private static final Pattern SECRET_VALUE =
      Pattern.compile(
          "(?i)(" + SECRET_NAMES + ")\\s{0,40}=\\s{0,40}(\"[^\"]*\"|'[^']*'|[^\\s;&,)]+)");

  private static final Pattern SECRET_PARAMETER =
      Pattern.compile("(?i)(?:pass|pwd|secret|token|credential)\\w{0,40}\\s{0,40}=");

  private static final Pattern URL = Pattern.compile("(?i)jdbc:[^\\s'\"<>]+");

  private static final Pattern WORD = Pattern.compile("[^\\s'\"]+");

  /** A shorter password is not searched for, because it could be a part of any word. */
  private static final int MIN_PASSWORD_LENGTH = 4;

  private DatabaseUrl() {}

  /**
   * Returns a URL without credentials and parameters, such as {@code jdbc:postgresql://host/name}.
   * If the hosts and the name cannot be told apart from credentials, an ellipsis replaces both.
   */
  static String masked(String url) {
    Matcher kind = KIND.matcher(url.strip());
    if (!kind.matches()) {
      return HIDDEN;
    }
    String rest = kind.group(2);
    int parameters = firstOf(rest, "?;");
    // An @ in the parameters may belong to a password that began before the parameters.
    if (rest.indexOf('@', parameters) >= 0) {
      return kind.group(1) + ":" + HIDDEN;
    }
    int credentialsEnd = rest.lastIndexOf('@') + 1;
    return kind.group(1) + hostsAndName(kind.group(1), rest, credentialsEnd);
  }

  private static String hostsAndName(String kind, String rest, int credentialsEnd) {
    Matcher hostsAndName =
        HOSTS_AND_NAME.matcher(rest).region(Math.max(credentialsEnd, 0), rest.length());
    if (hostsAndName.lookingAt()) {
      return ":" + hostsAndName.group();
    }
    // The "//" is in front of the credentials: //user:password@host/name.
    Matcher afterCredentials = HOSTS_AND_NAME.matcher("//" + rest.substring(credentialsEnd));
    Matcher oracle = ORACLE_HOST_AND_NAME.matcher(rest.substring(credentialsEnd));
    if (credentialsEnd > 0 && oracle.lookingAt()) {
      return "://" + oracle.group(1) + "/" + oracle.group(2);
    }
    if (credentialsEnd > 0 && afterCredentials.lookingAt()) {
      return ":" + afterCredentials.group();
    }
    Matcher name = NAME.matcher(rest);
    boolean isPostgres = kind.equalsIgnoreCase("jdbc:postgresql");
    return ":" + (isPostgres && name.lookingAt() ? name.group() : HIDDEN);
  }

  private static int firstOf(String text, String characters) {
    for (int i = 0; i < text.length(); i++) {
      if (characters.indexOf(text.charAt(i)) >= 0) {
        return i;
      }
    }
    return text.length();
  }

  /** Returns whether a URL holds a password or may hold one in front of the host. */
  static boolean holdsSecret(String url) {
    return SECRET_PARAMETER.matcher(url).find()
        || url.substring(0, firstOf(url, "?;")).indexOf('@') >= 0;
  }

  /** Returns whether {@link #masked} hides only the parameters of a URL. */
  static boolean isPlain(String url) {
    return masked(url).equals(url.substring(0, firstOf(url, "?")));
  }

  /**
   * Returns a driver's message without URLs, users and passwords.
   *
   * @param message the message of the driver
   * @param url the URL of the connection that failed
   * @param password the password of the connection; null if it has none
   */
  static String maskedMessage(String message, String url, String password) {
    String text = message.replace(url, masked(url));
    if (password != null && password.length() >= MIN_PASSWORD_LENGTH) {
      text = text.replace(password, HIDDEN);
    }
    text = URL.matcher(text).replaceAll(found -> Matcher.quoteReplacement(masked(found.group())));
    text = SECRET_VALUE.matcher(text).replaceAll("$1=" + HIDDEN);
    return WORD.matcher(text)
        .replaceAll(found -> Matcher.quoteReplacement(withoutCredentials(found.group())));
  }

  /** Hides credentials like {@code user:password@} or {@code user/password@} in front of a host. */
  private static String withoutCredentials(String word) {
    int at = word.lastIndexOf('@');
    return at > 0 && firstOf(word, "/:") < at ? HIDDEN + word.substring(at) : word;
  }
}
