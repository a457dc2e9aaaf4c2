package personas.cli.plan;

import java.util.Map;
import personas.cli.exit.UsageException;

/** Refuses flags that a command inherits from another command but does not take. */
final class GivenFlags {
  private GivenFlags() {}

  /**
   * Refuses the first given flag.
   *
   * @param given flag → whether the command line has the flag
   * @param command the command that does not take the flags
   * @param reason the reason, as the end of a sentence with "because"
   */
  static void refuse(Map<String, Boolean> given, String command, String reason)
      throws UsageException {
    for (Map.Entry<String, Boolean> flag : given.entrySet()) {
      if (flag.getValue()) {
        throw new UsageException(
            "--"
                + flag.getKey()
                + ": "
                + command
                + " does not take this flag, because "
                + reason
                + "; remove it");
      }
    }
  }
}
