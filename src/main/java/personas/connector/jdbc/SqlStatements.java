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
  private int position;

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
    boolean hasEnded = false;
    int statementStart = 0;
    int end = 0;
    while (statements.position < sql.length()) {
      int start = statements.position;
      if (!statements.skipToken()) {
        continue;
      }
      if (sql.charAt(start) == ';') {
        hasEnded |= end > 0;
      } else if (hasEnded) {
        return null;
      } else {
        statementStart = end == 0 ? start : statementStart;
        end = statements.position;
      }
    }
    return sql.substring(statementStart, end);
  }

  /**
   * Skips the next token, space or comment.
   *
   * @return whether a token was skipped
   */
  private boolean skipToken() {
    char c = sql.charAt(position);
    if (sql.startsWith("--", position)) {
      return skipLineComment();
    }
    if (sql.startsWith("/*", position)) {
      return skipBlockComment();
    }
    if (c == '\'' || c == '"') {
      return skipQuoted(c, c == '\'' && beginsTextWithEscapes());
    }
    if (c == '$' && (position == 0 || !isNamePart(sql.charAt(position - 1)))) {
      return skipDollarQuoted();
    }
    position++;
    return !Character.isWhitespace(c);
  }

  private boolean skipLineComment() {
    while (position < sql.length()
        && sql.charAt(position) != '\n'
        && sql.charAt(position) != '\r') {
      position++;
    }
    return false;
  }

  /**
   * Skips a comment; of a comment without an end, only the first character is skipped, because the
   * driver finds semicolons in such a comment.
   */
  private boolean skipBlockComment() {
    int start = position;
    int depth = 0;
    do {
      if (sql.startsWith("/*", position)) {
        // For the driver, "/*/" is a complete comment.
        position += depth == 0 ? 1 : 2;
        depth++;
      } else if (sql.startsWith("*/", position)) {
        depth--;
        position += 2;
      } else {
        position++;
      }
    } while (depth > 0 && position < sql.length());
    if (depth > 0) {
      position = start + 1;
    }
    return depth > 0;
  }

  /**
   * Returns whether the quote begins a text like E'...', in which a backslash escapes a character.
   */
  private boolean beginsTextWithEscapes() {
    return position > 1
        && Character.toUpperCase(sql.charAt(position - 1)) == 'E'
        && NAME_DELIMITERS.indexOf(sql.charAt(position - 2)) >= 0;
  }

  /**
   * Skips a quoted text. A doubled quote counts as the end of one text and the beginning of
   * another.
   */
  private boolean skipQuoted(char quote, boolean hasEscapes) {
    for (position++; position < sql.length(); position++) {
      if (hasEscapes && sql.charAt(position) == '\\') {
        position++;
      } else if (sql.charAt(position) == quote) {
        break;
      }
    }
    position = Math.min(position + 1, sql.length());
    return true;
  }

  private boolean skipDollarQuoted() {
    int tagEnd = position + 1;
    while (tagEnd < sql.length() && isNamePart(sql.charAt(tagEnd)) && sql.charAt(tagEnd) != '$') {
      tagEnd++;
    }
    boolean isNumber = tagEnd > position + 1 && Character.isDigit(sql.charAt(position + 1));
    if (tagEnd == sql.length() || sql.charAt(tagEnd) != '$' || isNumber) {
      position++;
      return true;
    }
    int end = sql.indexOf(sql.substring(position, tagEnd + 1), tagEnd + 1);
    position = end < 0 ? sql.length() : end + tagEnd + 1 - position;
    return true;
  }

  private static boolean isNamePart(char c) {
    return c >= 0x80 || c == '_' || c == '$' || Character.isLetterOrDigit(c);
  }
}
