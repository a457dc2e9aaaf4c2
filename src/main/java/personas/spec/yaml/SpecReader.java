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
import personas.feature.FeatureType;
import personas.feature.FeatureWords;
import personas.feature.MissingPolicy;
import personas.feature.Transform;
import personas.feature.Winsorizing;
import personas.kmeans.seeding.Effort;
import personas.persona.Level;
import personas.persona.PersonaProfile;
import personas.spec.ClusterCount;
import personas.spec.ClusteringSpec;
import personas.spec.DuplicatePolicy;
import personas.spec.InputSpec;
import personas.spec.NumberRange;
import personas.spec.OutputSpec;
import personas.spec.Privacy;
import personas.spec.SegmentationSpec;
import personas.spec.SpecException;
import personas.spec.Stickiness;
import personas.spec.event.EventAggregation;
import personas.table.InputFormat;

/** Reads a spec; finds every mistake, not only the first. */
public final class SpecReader {
  /** Bytes that a spec may have. */
  public static final int MAX_BYTES = 1 << 20;

  private static final int MOST_FEATURES = 1000;
  private static final int MOST_DEPTH = 20;

  private final String source;
  private final List<String> mistakes = new ArrayList<>();

  private SpecReader(String source) {
    this.source = source;
  }

  /**
   * Reads a YAML spec.
   *
   * @param source names the file in messages
   * @throws SpecException lists the mistakes, each with file, path, value and what is allowed
   */
  public static SegmentationSpec read(String source, InputStream yaml)
      throws SpecException, IOException {
    byte[] bytes = yaml.readNBytes(MAX_BYTES + 1);
    if (bytes.length > MAX_BYTES) {
      throw new SpecException(List.of(source + ": is larger than " + MAX_BYTES + " bytes"));
    }
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new SpecException(List.of(source + ": is not UTF-8"));
    }
    return new SpecReader(source).read(text);
  }

  private SegmentationSpec read(String yaml) throws SpecException {
    Object tree = load(yaml);
    SpecNode root = new SpecNode(source + ":", tree, mistakes);
    if (tree == null) {
      throw new SpecException(List.of(source + ": is empty"));
    }
    if (!root.isMap()) {
      throw new SpecException(List.of(source + ": is not a map of keys"));
    }
    Map<String, SpecNode> keys =
        root.keys(
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
    String name = keys.get("name").requiredName();
    String description = keys.get("description").optionalText();
    List<Feature> features = features(keys.get("features"));
    List<PersonaProfile> personas = personas(keys.get("personas"), features);
    InputSpec input = input(keys.get("input"), features, keys.get("features"));
    List<DescribedColumn> describe = DescribeKeys.columns(keys.get("describe"), input, features);
    OutputSpec output = OutputKeys.output(keys.get("output"), input);
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
      check(new Parse(settings).parseString(yaml));
      return new Load(settings).loadFromString(yaml);
    } catch (StackOverflowError e) {
      throw new SpecException(List.of(source + ": is no YAML: nested too deeply"));
    } catch (YamlEngineException e) {
      String message = String.valueOf(e.getMessage()).replaceAll("\\s+", " ").strip();
      throw new SpecException(List.of(source + ": is no YAML: " + message));
    } catch (RuntimeException e) {
      // The library lets some of its own through: a NumberFormatException where a text ends in \\u.
      throw new SpecException(
          List.of(source + ": is no YAML; perhaps an escape, like \\u0041, is cut short"));
    }
  }

  /**
   * Looks at the events before anything is built of them: no value needs a tag, and {@code !!null
   * [3]} would pass for a key that is not there; and the scanner is slow where depth has no end.
   */
  private void check(Iterable<Event> events) throws SpecException {
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
      if (depth > MOST_DEPTH) {
        throw new SpecException(List.of(source + ": is no YAML: nested too deeply"));
      }
    }
  }

  private void refuseTag(Optional<String> tag, Event event) throws SpecException {
    if (tag.isPresent()) {
      String place =
          event
              .getStartMark()
              .map(mark -> "line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1))
              .orElse("a value");
      throw new SpecException(
          List.of(source + ": " + place + ": a tag (!) is not allowed; write the value alone"));
    }
  }

  private InputSpec input(SpecNode node, List<Feature> features, SpecNode featureList) {
    Map<String, SpecNode> keys =
        node.keys(
            "path",
            "jdbc",
            "bigquery",
            "format",
            "id",
            "weight",
            "passThrough",
            "duplicates",
            "maxRejectedShare",
            "missing",
            "decimal",
            "thousands",
            "delimiter",
            "aggregate");
    SpecNode idNode = keys.get("id");
    String id = idNode.isText("none") ? null : idNode.requiredColumn();
    if (features.stream().anyMatch(feature -> feature.column().equals(id))) {
      idNode.mistake("'" + id + "' is a feature too");
    }
    String weight = weight(keys, id, features);
    List<String> passThrough = new ArrayList<>();
    for (SpecNode element : keys.get("passThrough").elements()) {
      String column = element.requiredColumn();
      if (passThrough.contains(column)) {
        element.mistake("'" + column + "' stands twice");
      } else if (column.equals(id)) {
        element.mistake("'" + column + "' is the id, which every row has");
      } else if (InputSpec.ASSIGNMENT_COLUMNS.contains(column)
          || InputSpec.MIGRATION_COLUMNS.contains(column)) {
        element.mistake("'" + column + "' is a column of the assignments already");
      }
      passThrough.add(column);
    }
    EventAggregation aggregation = AggregateKeys.aggregation(keys);
    if (aggregation != null) {
      AggregateKeys.checkNames(
          aggregation,
          keys.get("aggregate"),
          id,
          features,
          featureList,
          passThrough,
          keys.get("passThrough"));
    }
    return new InputSpec(
        keys.get("path").optionalPath(),
        OutputKeys.query(keys),
        BigQueryKeys.source(keys),
        keys.get("format").oneOf(InputFormat.class, null),
        id,
        passThrough,
        keys.get("duplicates").oneOf(DuplicatePolicy.class, DuplicatePolicy.WARN),
        keys.get("maxRejectedShare")
            .number(NumberRange.MAX_REJECTED_SHARE, InputSpec.DEFAULT_MAX_REJECTED_SHARE)
            .doubleValue(),
        SyntaxReader.syntax(keys),
        aggregation,
        weight);
  }

  /** The column of the weights; null if there is none. */
  private static String weight(Map<String, SpecNode> input, String id, List<Feature> features) {
    SpecNode node = input.get("weight");
    if (!node.isPresent()) {
      return null;
    }
    String weight = node.requiredColumn();
    if (weight.equals(id)) {
      node.mistake("'" + weight + "' is the id too");
    }
    if (features.stream().anyMatch(feature -> feature.column().equals(weight))) {
      node.mistake("'" + weight + "' is a feature too");
    }
    if (input.get("aggregate").isPresent()) {
      node.mistake("applies to records that stand for users, but input.aggregate reads events");
    }
    return weight;
  }

  private List<Feature> features(SpecNode node) {
    List<Feature> features = new ArrayList<>();
    Set<String> names = new HashSet<>();
    List<SpecNode> elements = node.elements();
    if (!node.isPresent()) {
      node.mistake("missing");
    } else if (node.isList() && (elements.isEmpty() || elements.size() > MOST_FEATURES)) {
      node.mistake(elements.size() + " features are not in 1.." + MOST_FEATURES);
    }
    for (SpecNode element : elements) {
      Map<String, SpecNode> keys =
          element.keys(
              "name",
              "label",
              "unit",
              "betterIs",
              "actionable",
              "type",
              "levels",
              "maxLevels",
              "weight",
              "format",
              "transform",
              "winsorize",
              "missing",
              "min",
              "max");
      String name = keys.get("name").requiredColumn();
      if (!name.isEmpty() && !names.add(name)) {
        keys.get("name").mistake("'" + name + "' stands twice");
      }
      double min = keys.get("min").finiteNumber(-Double.MAX_VALUE);
      double max = keys.get("max").finiteNumber(Double.MAX_VALUE);
      if (min > max) {
        keys.get("min").mistake(min + " is above max " + max);
        // The feature stays, so that a persona that names it is not called mistaken too.
        min = max;
      }
      MissingPolicy missing = keys.get("missing").oneOf(MissingPolicy.class, MissingPolicy.REJECT);
      if (missing == MissingPolicy.ZERO && (min > 0 || max < 0)) {
        keys.get("missing").mistake("zero is not in " + min + ".." + max);
      }
      FeatureType type = keys.get("type").oneOfOrAuto(FeatureType.DECLARABLE);
      Double weight =
          keys.get("weight").isPresent()
              ? Double.valueOf(keys.get("weight").number(NumberRange.WEIGHT, 1).doubleValue())
              : null;
      FeatureWords words = words(keys);
      if (type == FeatureType.CATEGORY) {
        for (Feature level : CategoryKeys.levels(keys, name, missing, weight, words)) {
          if (!level.name().equals(name) && !names.add(level.name())) {
            keys.get("levels").mistake("'" + level.name() + "' stands twice");
          }
          features.add(level);
        }
        continue;
      }
      CategoryKeys.refuse(keys, missing);
      boolean isBoolean = type == FeatureType.BOOLEAN;
      if (missing == MissingPolicy.MODE && !isBoolean) {
        keys.get("missing")
            .mistake(
                "mode is for features with type: boolean or category; a number can have median, mean or zero");
      }
      for (String key :
          isBoolean
              ? List.of("format", "transform", "winsorize", "unit", "betterIs")
              : List.<String>of()) {
        if (keys.get(key).isPresent()) {
          keys.get(key).mistake("applies to numbers, but this feature has type: boolean");
        }
      }
      if (!name.isEmpty()) {
        features.add(
            new Feature(
                name,
                isBoolean
                    ? Transform.NONE
                    : keys.get("transform").oneOf(Transform.class, Transform.AUTO),
                missing,
                min,
                max,
                isBoolean ? Winsorizing.NONE : keys.get("winsorize").winsorizing(),
                type,
                SyntaxReader.formats(keys.get("format")),
                weight,
                null,
                words));
      }
    }
    if (features.size() > MOST_FEATURES && elements.size() <= MOST_FEATURES) {
      node.mistake(
          features.size()
              + " features, counting each level of a category, are not in 1.."
              + MOST_FEATURES);
    }
    return features;
  }

  private static FeatureWords words(Map<String, SpecNode> keys) {
    return new FeatureWords(
        keys.get("label").isPresent() ? keys.get("label").requiredName().strip() : null,
        keys.get("unit").isPresent() ? keys.get("unit").requiredName().strip() : null,
        keys.get("betterIs").isPresent()
            ? keys.get("betterIs").oneOf(FeatureWords.Direction.class, null)
            : null,
        keys.get("actionable").flag());
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
            keys.get("minSegmentShare")
                .number(NumberRange.MIN_SEGMENT_SHARE, ClusteringSpec.DEFAULT_MIN_SEGMENT_SHARE)
                .doubleValue())
        .withEffort(keys.get("effort").oneOf(Effort.class, Effort.DEFAULT));
  }

  private static List<PersonaProfile> personas(SpecNode node, List<Feature> features) {
    List<String> featureNames = features.stream().map(Feature::name).toList();
    List<String> levelsToCount = CategoryKeys.levelsToCount(features);
    List<PersonaProfile> personas = new ArrayList<>();
    Set<String> names = new HashSet<>();
    List<SpecNode> elements = node.elements();
    int most = NumberRange.K.mostWhole(); // more could never all have a cluster
    if (elements.size() > most) {
      node.mistake(elements.size() + " personas are not in 0.." + most);
    }
    for (SpecNode element : elements) {
      Map<String, SpecNode> keys = element.keys("name", "profile", "strategy");
      String name = keys.get("name").requiredName();
      if (!name.isEmpty() && !names.add(name)) {
        keys.get("name").mistake("'" + name + "' stands twice");
      }
      Map<String, Level> levels = new LinkedHashMap<>();
      keys.get("profile")
          .entries()
          .forEach(
              (feature, level) -> {
                // Without any feature that is the mistake, and it is noted already.
                if (!featureNames.isEmpty()
                    && !featureNames.contains(feature)
                    && levelsToCount.stream().noneMatch(feature::startsWith)) {
                  level.mistakenName(feature, featureNames, "is no feature; nearest is '%s'");
                } else if (!level.isPresent()) {
                  level.mistake("is empty");
                }
                levels.put(feature, level.oneOf(Level.class, Level.MODERATE));
              });
      if (levels.isEmpty()) {
        keys.get("profile").mistake("missing; a persona is known by at least one feature");
      }
      personas.add(new PersonaProfile(name, levels, keys.get("strategy").optionalText()));
    }
    return personas;
  }
}
