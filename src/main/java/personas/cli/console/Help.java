package personas.cli.console;

import java.io.PrintStream;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import personas.cli.option.CommandOptions;
import personas.cli.option.CompareOptions;
import personas.cli.option.InitOptions;
import personas.cli.option.ReportOptions;
import personas.cli.option.ScoreOptions;
import personas.cli.option.SegmentOptions;
import personas.cli.option.SimulateOptions;

/** {@code help}: the commands and their flags, from the declarations of the flags themselves. */
public final class Help {
  private static final int WIDTH = 96;

  private Help() {}

  public static void print(PrintStream out) {
    out.println("init: inspects a table and writes a spec for it");
    flags(InitOptions.class).forEach((flag, what) -> print(flag, what, out));
    out.println("segment: turns a table of users into personas");
    flags(SegmentOptions.class).forEach((flag, what) -> print(flag, what, out));
    out.println("score: gives users the personas of a saved model");
    flags(ScoreOptions.class).forEach((flag, what) -> print(flag, what, out));
    out.println("compare: says what changed between two finished runs");
    flags(CompareOptions.class).forEach((flag, what) -> print(flag, what, out));
    out.println("report: draws the report of a finished run again, without a job");
    flags(ReportOptions.class).forEach((flag, what) -> print(flag, what, out));
    out.println("simulate: makes users to try a segmentation on");
    flags(SimulateOptions.class).forEach((flag, what) -> print(flag, what, out));
    out.println("All flags of Beam and of the runner are taken too. Exit codes: 0 done, 1 failed,");
    out.println("2 usage or spec, 3 data refused.");
  }

  /** Flag → what it is and its default, by name; those that this project declares. */
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

  private static void print(String flag, String what, PrintStream out) {
    StringBuilder line =
        new StringBuilder("  --" + flag + " ".repeat(Math.max(1, 20 - flag.length())));
    String indent = " ".repeat(24);
    for (String word : what.split(" ", -1)) {
      if (line.length() + word.length() > WIDTH) {
        out.println(line.toString().stripTrailing());
        line = new StringBuilder(indent);
      }
      line.append(word).append(' ');
    }
    out.println(line.toString().stripTrailing());
  }
}
