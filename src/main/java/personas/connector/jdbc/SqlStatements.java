package personas.connector.jdbc;

/**
 * Finds the only statement of an SQL text by the rules of the PostgreSQL driver. A semicolon in a
 * quoted text or name, in dollar quotes or in a comment does not end a statement; comments may
 * nest. The driver sends each statement separately, and the server refuses a second statement in
 * one message. So a text that passes this check cannot run two statements.
 */
public final class SqlStatements {
  /** The characters that end a name for the driver. */
  private static final String NAME_DELIMITERS = " \t\n\r\f\",()[].;:+-*/%^<>=~!@#&|`?";

  private final String sql;
  private int at;

  private SqlStatements(String sql) {
    this.sql = sql;
  }

  /**
   * Returns the only statement of a text, without the semicolons and comments around the statement,
   * because the driver would treat a comment after a semicolon as a second statement.
   *
   * @return null if the text holds several statements
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
   * Skips the next token, space or comment.
   *
   * @return whether a token was skipped
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

  /**
   * Skips a comment; a comment without an end is not skipped, because the driver finds semicolons
   * in it.
   */
  private boolean blockComment() {
    int start = at;
    int depth = 0;
    do {
      if (sql.startsWith("/*", at)) {
        // For the driver, "/*/" is a complete comment.
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

  /**
   * Returns whether the quote begins a text like E'...', in which a backslash escapes a character.
   */
  private boolean escapes() {
    return at > 1
        && Character.toUpperCase(sql.charAt(at - 1)) == 'E'
        && NAME_DELIMITERS.indexOf(sql.charAt(at - 2)) >= 0;
  }

  /**
   * Skips a quoted text. A doubled quote counts as the end of one text and the beginning of
   * another.
   */
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
    int tagEnd = at + 1;
    while (tagEnd < sql.length() && isNamePart(sql.charAt(tagEnd)) && sql.charAt(tagEnd) != '$') {
      tagEnd++;
    }
    boolean number = tagEnd > at + 1 && Character.isDigit(sql.charAt(at + 1));
    if (tagEnd == sql.length() || sql.charAt(tagEnd) != '$' || number) {
      at++;
      return true;
    }
    int end = sql.indexOf(sql.substring(at, tagEnd + 1), tagEnd + 1);
    at = end < 0 ? sql.length() : end + tagEnd + 1 - at;
    return true;
  }

  private static boolean isNamePart(char c) {
    return c >= 0x80 || c == '_' || c == '$' || Character.isLetterOrDigit(c);
  }
}
