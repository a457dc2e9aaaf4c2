package personas.app;

/**
 * The entry point of a Flex Template, whose launcher passes flags but no command: {@code segment}.
 */
public final class TemplateMain {
  private TemplateMain() {}

  public static void main(String[] args) {
    String[] all = new String[args.length + 1];
    all[0] = "segment";
    System.arraycopy(args, 0, all, 1, args.length);
    Main.main(all);
  }
}
