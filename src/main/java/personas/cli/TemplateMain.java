package personas.cli;

import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * The entry point of the Flex Templates. Their launcher passes flags but no command: the command is
 * {@code score} where there is a {@code --model}, else {@code segment}.
 */
public final class TemplateMain {
  /** A flag with the name of a topic or a subscription, as the form of a template fills it in. */
  private static final Pattern PUBSUB_NAME =
      Pattern.compile(
          "(--(?:input|output|deadLetters)=)(projects/[^/]+/(?:topics|subscriptions)/.+)");

  private TemplateMain() {}

  public static void main(String[] args) {
    Main.main(withCommand(args));
  }

  /**
   * Returns the command, then the flags with Pub/Sub names turned into {@code pubsub://} addresses.
   */
  static String[] withCommand(String[] args) {
    String[] all = new String[args.length + 1];
    boolean scores = Arrays.stream(args).anyMatch(arg -> arg.startsWith("--model="));
    all[0] = scores ? "score" : "segment";
    for (int i = 0; i < args.length; i++) {
      all[i + 1] = PUBSUB_NAME.matcher(args[i]).replaceFirst("$1pubsub://$2");
    }
    return all;
  }
}
