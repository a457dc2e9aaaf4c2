package personas.cli.console;

import java.io.PrintStream;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import personas.cli.exit.ExitCode;
import personas.cli.exit.Verdict;
import personas.cli.option.CommandOptions;

/**
 * Prints the help: the commands and their flags, from the declarations of the flags. Beam parses
 * the flags, because its runners declare hundreds of flags in the same way, and a second parser
 * would have to know all of them.
 */
public final class Help {
  private static final int WIDTH = 96;
  private static final List<String> EXIT_CODES =
      List.of(
          "Exit codes: 0 done, 1 failed, 2 usage or spec, 3 data refused;",
          "with --failOn also " + Verdict.listWithExitCodes() + ";",
          "verify also " + ExitCode.DIFFERENT + " different.");

  private Help() {}

  /** Prints one screen with all commands and an example. */
  public static void print(PrintStream out) {
    out.println("Usage: runners/direct/run COMMAND --flag=value …");
    out.println();
    for (CommandHelp command : CommandHelp.ALL) {
      out.println("  " + padded(command.name(), 12) + command.purpose());
    }
    out.println();
    out.println("Example: runners/direct/run segment --input=users.csv --output=out/users");
    out.println("The report is then out/users/report.html.");
    out.println();
    out.println("`help COMMAND` shows the flags of a command, `--version` the version. The same");
    out.println(
        "commands run with runners/flink/run, runners/dataflow/run and runners/portable/run.");
    EXIT_CODES.forEach(out::println);
  }

  /** Prints the purpose of a command and its flags, the most useful flags first. */
  public static void print(CommandHelp command, PrintStream out) {
    out.println(command.name() + ": " + command.purpose());
    out.println();
    out.println("Example: runners/direct/run " + command.name() + " " + command.example());
    Map<String, String> flags = flags(command.options());
    for (FlagGroup group : FlagGroup.values()) {
      List<String> names = group.flags().stream().filter(flags::containsKey).toList();
      if (!names.isEmpty()) {
        out.println();
        out.println(group.title());
        names.forEach(flag -> print(flag, flags.get(flag), out));
      }
    }
    out.println();
    out.println("All flags of Beam and of the runner are also allowed.");
    EXIT_CODES.forEach(out::println);
  }

  private static String padded(String text, int length) {
    return text + " ".repeat(Math.max(1, length - text.length()));
  }

  /** Returns flag → description with the default, sorted by name, for the flags of this project. */
  public static Map<String, String> flags(Class<?> options) {
    Map<String, String> flags = new TreeMap<>();
    for (Method method : options.getMethods()) {
      Description description = method.getAnnotation(Description.class);
      if (description != null
          && method.getDeclaringClass().getPackage() == CommandOptions.class.getPackage()) {
        String name = method.getName().replaceFirst("^(get|is)", "");
        name = Character.toLowerCase(name.charAt(0)) + name.substring(1);
        flags.put(name, description.value() + defaultOf(method));
      }
    }
    return flags;
  }

  private static String defaultOf(Method method) {
    String value =
        Arrays.stream(method.getAnnotations())
            .filter(annotation -> annotation.annotationType().getEnclosingClass() == Default.class)
            .map(
                annotation -> {
                  try {
                    return String.valueOf(
                        annotation.annotationType().getMethod("value").invoke(annotation));
                  } catch (ReflectiveOperationException e) {
                    throw new IllegalStateException(e);
                  }
                })
            .findFirst()
            .orElse("");
    return value.isEmpty() ? "" : " Default: " + value + ".";
  }

  private static void print(String flag, String description, PrintStream out) {
    StringBuilder line =
        new StringBuilder("  --" + flag + " ".repeat(Math.max(1, 20 - flag.length())));
    String indent = " ".repeat(24);
    for (String word : description.split(" ", -1)) {
      if (line.length() + word.length() > WIDTH) {
        out.println(line.toString().stripTrailing());
        line = new StringBuilder(indent);
      }
      line.append(word).append(' ');
    }
    out.println(line.toString().stripTrailing());
  }
}
