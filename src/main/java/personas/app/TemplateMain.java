package personas.app;

import java.util.Arrays;

/**
 * The entry point of a Flex Template, whose launcher passes flags but no command: {@code score}
 * where there is a {@code --model}, else {@code segment}.
 */
public final class TemplateMain {
  private TemplateMain() {}

  public static void main(String[] args) {
    Main.main(withCommand(args));
  }

  /** The flags with the command before them. */
  static String[] withCommand(String[] args) {
    String[] all = new String[args.length + 1];
    boolean scores = Arrays.stream(args).anyMatch(arg -> arg.startsWith("--model="));
    all[0] = scores ? "score" : "segment";
    System.arraycopy(args, 0, all, 1, args.length);
    return all;
  }
}
