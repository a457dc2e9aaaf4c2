package personas.cli.plan;

import java.util.Map;
import personas.cli.exit.UsageException;

/** Refuses flags that a command shares with others and does not take itself. */
final class GivenFlags {
  private GivenFlags() {}

  /**
   * Refuses the first flag that is given.
   *
   * @param given flag → whether the user gave it, in the order in which they are refused
   * @param command that does not take them
   * @param why it does not, as the end of the sentence that begins with "because"
   */
  static void refuse(Map<String, Boolean> given, String command, String why) throws UsageException {
    for (Map.Entry<String, Boolean> flag : given.entrySet()) {
      if (flag.getValue()) {
        throw new UsageException(
            "--"
                + flag.getKey()
                + ": "
                + command
                + " does not take this flag, because "
                + why
                + "; leave it out");
      }
    }
  }
}
