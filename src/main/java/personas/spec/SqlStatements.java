package personas.spec;

/**
 * Finds the only statement of an SQL text, by the lexical rules of PostgreSQL with {@code
 * standard_conforming_strings}: quoted texts and names, dollar quotes, and comments, which nest,
 * hide a semicolon.
 */
final class SqlStatements {
  private final String sql;
  private int at;

  private SqlStatements(String sql) {
    this.sql = sql;
  }

  /**
   * The only statement of a text, without semicolons before and behind it: behind a semicolon the
   * driver takes a comment for a second statement.
   *
   * @return null if there are several
   */
  static String only(String sql) {
    SqlStatements statements = new SqlStatements(sql);
    int begin = -1;
    int end = -1;
    while (statements.at < sql.length()) {
      int start = statements.at;
      boolean token = statements.skip();
      if (token && sql.charAt(start) == ';') {
        end = begin >= 0 && end < 0 ? start : end;
      } else if (token) {
        if (end >= 0) {
          return null;
        }
        begin = begin < 0 ? start : begin;
      }
    }
    return sql.substring(Math.max(begin, 0), end < 0 ? sql.length() : end);
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

  private boolean blockComment() {
    int depth = 0;
    do {
      if (sql.startsWith("/*", at)) {
        depth++;
        at += 2;
      } else if (sql.startsWith("*/", at)) {
        depth--;
        at += 2;
      } else {
        at++;
      }
    } while (depth > 0 && at < sql.length());
    return false;
  }

  /** Whether the quote is that of E'...', in which a backslash escapes what follows. */
  private boolean escapes() {
    return at > 0
        && Character.toUpperCase(sql.charAt(at - 1)) == 'E'
        && (at == 1 || !isNamePart(sql.charAt(at - 2)));
  }

  /** A doubled quote ends one text and begins the next, which comes to the same. */
  private boolean quoted(char quote, boolean escapes) {
    for (at++; at < sql.length(); at++) {
      if (escapes && sql.charAt(at) == '\\') {
        at++;
      } else if (sql.charAt(at) == quote && escapes && sql.startsWith("''", at)) {
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
