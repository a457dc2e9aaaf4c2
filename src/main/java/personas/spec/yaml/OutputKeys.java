package personas.spec.yaml;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import personas.spec.AudienceTarget;
import personas.spec.InputSpec;
import personas.spec.OutputSpec;
import personas.spec.SinkSpec;
import personas.table.TableFormat;

/** Reads the part of a spec that says where the results go. */
final class OutputKeys {
  private static final List<String> OTHER_KEYS = List.of("format", "users", "audiences");
  private static final Pattern AVRO_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  private final Map<String, SpecNode> keys;
  private final InputSpec input;

  /** The keys of sinks that are present. */
  private final List<SinkKey> sinks;

  private OutputKeys(Map<String, SpecNode> keys, List<SinkKey> sinks, InputSpec input) {
    this.keys = keys;
    this.sinks = sinks.stream().filter(sink -> keys.get(sink.key()).isPresent()).toList();
    this.input = input;
  }

  /**
   * Reads the output.
   *
   * @param node the value of {@code output}
   * @param sinks the keys that name a table or a topic
   * @param input the input of the spec
   */
  static OutputSpec output(SpecNode node, List<SinkKey> sinks, InputSpec input) {
    List<String> names = new ArrayList<>(OTHER_KEYS);
    sinks.forEach(sink -> names.add(sink.key()));
    Map<String, SpecNode> keys = node.keys(names.toArray(String[]::new));
    return new OutputKeys(keys, sinks, input).output(sinks);
  }

  private OutputSpec output(List<SinkKey> knownSinks) {
    OutputSpec files = new OutputSpec(format(), List.of(), users(), audiences(knownSinks));
    List<SinkSpec> targets =
        sinks.stream().map(sink -> sink.read(keys, files, input)).filter(Objects::nonNull).toList();
    return new OutputSpec(files.format(), targets, files.users(), files.audiences());
  }

  /** Returns the format of the assignments. A sink that does not read CSV changes the default. */
  private TableFormat format() {
    TableFormat defaultFormat =
        sinks.stream()
            .map(SinkKey::format)
            .filter(read -> read != TableFormat.CSV)
            .findFirst()
            .orElse(TableFormat.CSV);
    TableFormat format = keys.get("format").oneOf(TableFormat.class, defaultFormat);
    if (format == TableFormat.AVRO) {
      for (String column : input.passThrough()) {
        if (!AVRO_NAME.matcher(column).matches()) {
          keys.get("format")
              .addMistake(
                  "'"
                      + column
                      + "' is not a valid column name in Avro; allowed are letters, digits and _");
        }
      }
    }
    return format;
  }

  /** Returns the format of the table of users; null if the table is not written. */
  private TableFormat users() {
    SpecNode node = keys.get("users");
    TableFormat users = node.oneOf(TableFormat.class, null);
    if (users != null && input.aggregate() == null) {
      node.addMistake("needs input.aggregate; without it the input is the table of users");
    }
    return users;
  }

  /** Returns where the lists of users go; null if the run writes no lists. */
  private AudienceTarget audiences(List<SinkKey> knownSinks) {
    List<AudienceTarget> targets =
        Stream.concat(
                Stream.of(AudienceTarget.FILES),
                knownSinks.stream().map(sink -> new AudienceTarget(sink.key(), sink.format())))
            .toList();
    SpecNode node = keys.get("audiences");
    String chosenKey = node.oneOfWords(targets.stream().map(AudienceTarget::key).toList());
    if (chosenKey == null) {
      return null;
    }
    if (input.id() == null) {
      node.addMistake("needs input.id, which identifies the users of a list");
    }
    AudienceTarget chosen =
        targets.stream().filter(target -> target.key().equals(chosenKey)).findFirst().orElseThrow();
    if (chosen.needsTarget() && !keys.get(chosenKey).isPresent()) {
      node.addMistake("needs output." + chosenKey + ", which names the target of the lists");
    }
    return chosen;
  }
}
