package personas.spec.connection;

/**
 * Finds the only statement of an SQL text, as the driver of PostgreSQL does: quoted texts and
 * names, dollar quotes, and comments, which nest, hide a semicolon. The driver sends each statement
 * by itself, and the server refuses a second one in what the driver takes for one statement. So no
 * text that passes here can run two.
 */
public final class SqlStatements {
  /** What the driver takes for the end of a name. */
  private static final String ENDS_OF_NAMES = " \t\n\r\f\",()[].;:+-*/%^<>=~!@#&|`?";

  private final String sql;
  private int at;

  private SqlStatements(String sql) {
    this.sql = sql;
  }

  /**
   * The only statement of a text, without the semicolons and comments before and behind it: the
   * driver takes a comment behind a semicolon for a second statement.
   *
   * @return null if there are several
   */
  public static String only(String sql) {
    SqlStatements statements = new SqlStatements(sql);
    boolean ended = false;
    int begin = 0;
    int end = 0;
    while (statements.at < sql.length()) {
      int start = statements.at;
      if (!statements.skip()) {
        continue;
      }
      if (sql.charAt(start) == ';') {
        ended |= end > 0;
      } else if (ended) {
        return null;
      } else {
        begin = end == 0 ? start : begin;
        end = statements.at;
      }
    }
    return sql.substring(begin, end);
  }

  /**
   * Goes beyond the next token, space or comment.
   *
   * @return whether it is a token
   */
  private boolean skip() {
    char c = sql.charAt(at);
    if (sql.startsWith("--", at)) {
      return lineComment();
    }
    if (sql.startsWith("/*", at)) {
      return blockComment();
    }
    if (c == '\'' || c == '"') {
      return quoted(c, c == '\'' && escapes());
    }
    if (c == '$' && (at == 0 || !isNamePart(sql.charAt(at - 1)))) {
      return dollarQuoted();
    }
    at++;
    return !Character.isWhitespace(c);
  }

  private boolean lineComment() {
    while (at < sql.length() && sql.charAt(at) != '\n' && sql.charAt(at) != '\r') {
      at++;
    }
    return false;
  }

  /** A comment without an end hides nothing: the driver looks for semicolons in it. */
  private boolean blockComment() {
    int start = at;
    int depth = 0;
    do {
      if (sql.startsWith("/*", at)) {
        // To the driver the first star may already be that of the end.
        at += depth == 0 ? 1 : 2;
        depth++;
      } else if (sql.startsWith("*/", at)) {
        depth--;
        at += 2;
      } else {
        at++;
      }
    } while (depth > 0 && at < sql.length());
    if (depth > 0) {
      at = start + 1;
    }
    return depth > 0;
  }

  /** Whether the quote is that of E'...', in which a backslash escapes what follows. */
  private boolean escapes() {
    return at > 1
        && Character.toUpperCase(sql.charAt(at - 1)) == 'E'
        && ENDS_OF_NAMES.indexOf(sql.charAt(at - 2)) >= 0;
  }

  /** A doubled quote ends one text and begins the next, which comes to the same. */
  private boolean quoted(char quote, boolean escapes) {
    for (at++; at < sql.length(); at++) {
      if (escapes && sql.charAt(at) == '\\') {
        at++;
      } else if (sql.charAt(at) == quote) {
        break;
      }
    }
    at = Math.min(at + 1, sql.length());
    return true;
  }

  private boolean dollarQuoted() {
    int tag = at + 1;
    while (tag < sql.length() && isNamePart(sql.charAt(tag)) && sql.charAt(tag) != '$') {
      tag++;
    }
    boolean number = tag > at + 1 && Character.isDigit(sql.charAt(at + 1));
    if (tag == sql.length() || sql.charAt(tag) != '$' || number) {
      at++;
      return true;
    }
    int end = sql.indexOf(sql.substring(at, tag + 1), tag + 1);
    at = end < 0 ? sql.length() : end + tag + 1 - at;
    return true;
  }

  private static boolean isNamePart(char c) {
    return c >= 0x80 || c == '_' || c == '$' || Character.isLetterOrDigit(c);
  }
}
