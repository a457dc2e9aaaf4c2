package personas.spec.yaml;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import personas.describe.DescribedColumn;
import personas.feature.Feature;
import personas.kmeans.seeding.Effort;
import personas.persona.Level;
import personas.persona.PersonaProfile;
import personas.spec.ClusterCount;
import personas.spec.ClusteringSpec;
import personas.spec.InputSpec;
import personas.spec.NumberRange;
import personas.spec.OutputSpec;
import personas.spec.Privacy;
import personas.spec.SegmentationSpec;
import personas.spec.SpecException;
import personas.spec.Stickiness;

/** Reads a spec and finds all mistakes in it, not only the first. */
public final class SpecReader {
  /** The maximum size of a spec in bytes. */
  public static final int MAX_BYTES = 1 << 20;

  private static final int MAX_DEPTH = 20;

  private final String source;
  private final List<SourceKey> sources;
  private final List<SinkKey> sinks;
  private final List<String> mistakes = new ArrayList<>();

  private SpecReader(String source, List<SourceKey> sources, List<SinkKey> sinks) {
    this.source = source;
    this.sources = sources;
    this.sinks = sinks;
  }

  /**
   * Reads a YAML spec.
   *
   * @param source the name of the file, for messages
   * @param yaml the content of the file
   * @param sources the keys of {@code input} that name a source
   * @param sinks the keys of {@code output} that name a table or a topic
   * @throws SpecException if the spec has mistakes; the message lists them with file, key, value
   *     and what is allowed
   * @throws IOException if the stream cannot be read
   */
  public static SegmentationSpec read(
      String source, InputStream yaml, List<SourceKey> sources, List<SinkKey> sinks)
      throws SpecException, IOException {
    byte[] bytes = yaml.readNBytes(MAX_BYTES + 1);
    if (bytes.length > MAX_BYTES) {
      throw new SpecException(
          List.of(source + ": is larger than 1 MiB, the largest size of a spec"));
    }
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new SpecException(List.of(source + ": is not UTF-8"));
    }
    return new SpecReader(source, sources, sinks).read(text);
  }

  private Map<String, SpecNode> root(String yaml) throws SpecException {
    Object tree = load(yaml);
    SpecNode root = new SpecNode(source + ":", tree, mistakes);
    if (tree == null) {
      throw new SpecException(List.of(source + ": is empty"));
    }
    if (!root.isMap()) {
      throw new SpecException(List.of(source + ": is not a map of keys"));
    }
    return root.keys(
        "name",
        "description",
        "input",
        "output",
        "features",
        "describe",
        "clustering",
        "personas",
        "stickiness",
        "privacy");
  }

  private SegmentationSpec read(String yaml) throws SpecException {
    Map<String, SpecNode> keys = root(yaml);
    String name = keys.get("name").requiredName();
    String description = keys.get("description").optionalText();
    List<Feature> features = FeatureKeys.features(keys.get("features"));
    List<PersonaProfile> personas = personas(keys.get("personas"), features);
    InputSpec input = InputKeys.input(keys.get("input"), sources, features, keys.get("features"));
    List<DescribedColumn> describe = DescribeKeys.columns(keys.get("describe"), input, features);
    OutputSpec output = OutputKeys.output(keys.get("output"), sinks, input);
    ClusteringSpec clustering = clustering(keys.get("clustering"), personas.size());
    Stickiness stickiness = StickinessKeys.stickiness(keys.get("stickiness"), input);
    Privacy privacy = PrivacyKeys.privacy(keys.get("privacy"));
    if (!mistakes.isEmpty()) {
      throw new SpecException(mistakes);
    }
    return new SegmentationSpec(
        name,
        description,
        input,
        output,
        features,
        clustering,
        personas,
        describe,
        stickiness,
        privacy);
  }

  private Object load(String yaml) throws SpecException {
    LoadSettings settings =
        LoadSettings.builder()
            .setLabel(source)
            .setAllowDuplicateKeys(false)
            .setMaxAliasesForCollections(20)
            .setCodePointLimit(MAX_BYTES)
            .build();
    try {
      checkEvents(new Parse(settings).parseString(yaml));
      return new Load(settings).loadFromString(yaml);
    } catch (StackOverflowError e) {
      throw new SpecException(List.of(source + ": is not valid YAML: nested too deeply"));
    } catch (YamlEngineException e) {
      String message = String.valueOf(e.getMessage()).replaceAll("\\s+", " ").strip();
      throw new SpecException(List.of(source + ": is not valid YAML: " + message));
    } catch (RuntimeException e) {
      // The parser throws a NumberFormatException if a text ends in \\u.
      throw new SpecException(
          List.of(source + ": is not valid YAML; perhaps an escape, like \\u0041, is cut short"));
    }
  }

  /**
   * Checks the events of the parser before the tree is built. Tags are refused, because {@code
   * !!null [3]} would look like an absent key. The depth is limited, because the scanner is slow
   * for a very deep tree.
   */
  private void checkEvents(Iterable<Event> events) throws SpecException {
    int depth = 0;
    for (Event event : events) {
      if (event instanceof CollectionStartEvent start) {
        depth++;
        refuseTag(start.getTag(), start);
      } else if (event instanceof CollectionEndEvent) {
        depth--;
      } else if (event instanceof ScalarEvent scalar) {
        refuseTag(scalar.getTag(), scalar);
      }
      if (depth > MAX_DEPTH) {
        throw new SpecException(List.of(source + ": is not valid YAML: nested too deeply"));
      }
    }
  }

  private void refuseTag(Optional<String> tag, Event event) throws SpecException {
    if (tag.isPresent()) {
      String location =
          event
              .getStartMark()
              .map(mark -> "line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1))
              .orElse("a value");
      throw new SpecException(
          List.of(source + ": " + location + ": a tag (!) is not allowed; write the value alone"));
    }
  }

  private static ClusteringSpec clustering(SpecNode node, int personas) {
    Map<String, SpecNode> keys =
        node.keys(
            "k", "seed", "tolerance", "maxIterations", "restarts", "effort", "minSegmentShare");
    int defaultK = personas >= 2 ? personas : 3;
    return new ClusteringSpec(
        keys.get("k").clusterCount(ClusterCount.fixed(defaultK)),
        keys.get("seed").number(NumberRange.SEED, ClusteringSpec.DEFAULT_SEED).longValue(),
        keys.get("tolerance")
            .number(NumberRange.TOLERANCE, ClusteringSpec.DEFAULT_TOLERANCE)
            .doubleValue(),
        keys.get("maxIterations")
            .number(NumberRange.MAX_ITERATIONS, ClusteringSpec.DEFAULT_MAX_ITERATIONS)
            .intValue(),
        keys.get("restarts")
            .number(NumberRange.RESTARTS, ClusteringSpec.DEFAULT_RESTARTS)
            .intValue(),
        keys.get("effort").oneOf(Effort.class, Effort.DEFAULT),
        keys.get("minSegmentShare")
            .number(NumberRange.MIN_SEGMENT_SHARE, ClusteringSpec.DEFAULT_MIN_SEGMENT_SHARE)
            .doubleValue(),
        false);
  }

  private static List<PersonaProfile> personas(SpecNode node, List<Feature> features) {
    List<PersonaProfile> personas = new ArrayList<>();
    Set<String> names = new HashSet<>();
    List<SpecNode> elements = node.elements();
    // A run has at most one persona per cluster.
    int max = NumberRange.K.maxWhole();
    if (elements.size() > max) {
      node.addMistake(elements.size() + " personas are not in 0.." + max);
    }
    for (SpecNode element : elements) {
      Map<String, SpecNode> keys = element.keys("name", "profile", "strategy");
      String name = keys.get("name").requiredName();
      if (!name.isEmpty() && !names.add(name)) {
        keys.get("name").addMistake("'" + name + "' occurs twice");
      }
      Map<String, Level> profile = profile(keys.get("profile"), features);
      personas.add(new PersonaProfile(name, profile, keys.get("strategy").optionalText()));
    }
    return personas;
  }

  private static Map<String, Level> profile(SpecNode node, List<Feature> features) {
    List<String> names = features.stream().map(Feature::name).toList();
    List<String> levelPrefixes = CategoryKeys.prefixesToCount(features);
    Map<String, Level> profile = new LinkedHashMap<>();
    node.entries()
        .forEach(
            (feature, level) -> {
              // A spec without features already has a mistake.
              if (!names.isEmpty()
                  && !names.contains(feature)
                  && levelPrefixes.stream().noneMatch(feature::startsWith)) {
                level.addUnknownName(feature, names, "is not a feature; did you mean '%s'?");
              } else if (!level.isPresent()) {
                level.addMistake("is empty");
              }
              profile.put(feature, level.oneOf(Level.class, Level.MODERATE));
            });
    if (profile.isEmpty()) {
      node.addMistake("missing; a persona needs the level of at least one feature");
    }
    return profile;
  }
}
