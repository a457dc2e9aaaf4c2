package personas.text.sql;

import java.util.Set;
import java.util.regex.Pattern;

/** Writes names as standard SQL. */
public final class SqlIdentifier {
  private static final Pattern PLAIN = Pattern.compile("[a-z_][a-z0-9_]*");
  private static final Set<String> RESERVED =
      Set.of(
          ("all and any as asc between both by case cast check column constraint create cross cube"
                  + " current date day default delete desc distinct else end except exists false"
                  + " fetch first for foreign from full grant group grouping having hour if in inner"
                  + " insert interval into is join last left like limit minute month natural new no"
                  + " not null offset old on or order outer over partition primary range rank"
                  + " references right row rows second select set some sum table then time timestamp"
                  + " to true union unique update user using value values view when where window with"
                  + " year")
              .split(" "));

  private SqlIdentifier() {}

  /**
   * Returns a column, in double quotes unless the name is plain lower case and not a reserved word.
   */
  public static String column(String name) {
    return PLAIN.matcher(name).matches() && !RESERVED.contains(name)
        ? name
        : '"' + name.replace("\"", "\"\"") + '"';
  }
}
