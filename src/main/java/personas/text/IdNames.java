package personas.text;

import java.util.regex.Pattern;

/** Decides by the name of a column whether it may hold ids. */
public final class IdNames {
  private static final Pattern ID_NAME =
      Pattern.compile(
          "(.*[^A-Za-z])?(?i:id|ids|uuid|guid|uid|key|nr|no|number|code|email|login|account)"
              + "|.*[a-z](Id|ID|Key|Nr|No|Number|Code)|(?i:user|customer|cust|client|member|person|account|kunde|kunden)"
              + "[-_. ]?(?i:id|nr|no|key|num|number|code)?");

  private IdNames() {}

  /** Returns whether a column is named like an id, for example {@code customer_id}. */
  public static boolean isNamedLikeId(String column) {
    return ID_NAME.matcher(column).matches();
  }
}
