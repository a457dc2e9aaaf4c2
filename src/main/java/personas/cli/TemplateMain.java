package personas.cli;

import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * The entry point of the Flex Templates. The launcher of a template passes flags but not a command:
 * the command is {@code score} if the flags include {@code --model}, else {@code segment}.
 */
public final class TemplateMain {
  /**
   * A flag with the name of a Pub/Sub topic or subscription, as the form of a template writes it.
   */
  private static final Pattern PUBSUB_NAME =
      Pattern.compile(
          "(--(?:input|output|deadLetters)=)(projects/[^/]+/(?:topics|subscriptions)/.+)");

  private TemplateMain() {}

  /** Runs the command of the template and ends the process. */
  public static void main(String[] args) {
    Main.main(withCommand(args));
  }

  /**
   * Returns the command, then the flags with Pub/Sub names turned into {@code pubsub://} addresses.
   */
  static String[] withCommand(String[] args) {
    String[] commandLine = new String[args.length + 1];
    boolean isScore = Arrays.stream(args).anyMatch(arg -> arg.startsWith("--model="));
    commandLine[0] = isScore ? "score" : "segment";
    for (int i = 0; i < args.length; i++) {
      commandLine[i + 1] = PUBSUB_NAME.matcher(args[i]).replaceFirst("$1pubsub://$2");
    }
    return commandLine;
  }
}
