package personas.cli.option;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import personas.cli.exit.UsageException;

/** Parses flags into options. Messages of Beam are replaced by messages for people. */
public final class OptionParser {
  private static final String HINT = "Did you mean";

  private OptionParser() {}

  /**
   * Parses {@code --name=value} flags.
   *
   * @param args the flags
   * @param type the declaration of the flags of the command
   * @throws UsageException if a flag is unknown or given twice, or if a value has the wrong type
   */
  public static <T extends PipelineOptions> T parse(String[] args, Class<T> type)
      throws UsageException {
    for (String arg : args) {
      if (!arg.startsWith("--")) {
        throw new UsageException(arg + ": is not a flag; a flag is written --name=value");
      }
    }
    T options;
    try {
      OptionRegistry.register(Arrays.asList(args), type);
      options = PipelineOptionsFactory.fromArgs(args).withValidation().as(type);
    } catch (IllegalArgumentException e) {
      throw new UsageException(readable(e, Arrays.asList(args)));
    }
    StorageScheme.refuseUnknown(Arrays.asList(args), options);
    return options;
  }

  /** Returns the message that names the flag that is given twice. */
  private static String repeatedFlag(Iterable<String> args) {
    Set<String> names = new HashSet<>();
    for (String arg : args) {
      String name = arg.split("=", 2)[0];
      if (!names.add(name)) {
        return name + " is given twice, but it takes one value; remove one of them";
      }
    }
    return "a flag is given twice, but a flag takes one value; remove one of them";
  }

  /**
   * Returns the names in Beam's message {@code Did you mean 'k'?} or {@code Did you mean one of [a,
   * b]?}, with the question mark.
   */
  private static String suggestion(String message) {
    String names = message.substring(message.indexOf(HINT) + HINT.length());
    return names.replaceFirst("^ one of \\[(.*)\\]", "$1").replace("'", "").strip();
  }

  private static String readable(IllegalArgumentException e, Iterable<String> args) {
    String message = String.valueOf(e.getMessage());
    for (String arg : args) {
      if (message.startsWith("expected one element but was")) {
        return repeatedFlag(args);
      }
      String name = arg.substring(2).split("=", 2)[0];
      if (message.contains("'" + name + "'") && message.contains("missing a property")) {
        int hint = message.indexOf(HINT);
        return "--"
            + name
            + ": unknown flag"
            + (hint < 0 ? "" : "; did you mean " + suggestion(message));
      }
    }
    return message;
  }
}
