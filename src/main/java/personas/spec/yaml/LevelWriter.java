package personas.spec.yaml;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import personas.text.YamlText;

/**
 * Writes counted levels into the YAML of a spec. All other text, such as comments, does not change.
 */
public final class LevelWriter {
  private LevelWriter() {}

  /**
   * Returns the spec with levels. In each category without {@code levels}, the key {@code levels}
   * replaces {@code maxLevels}. If there is no {@code maxLevels}, the key {@code levels} is
   * inserted before {@code type}.
   *
   * @param yaml a spec without mistakes
   * @param levels the counted levels of each category whose levels the spec does not list, in the
   *     order of the features
   */
  public static String write(String yaml, Collection<List<String>> levels) {
    LoadSettings settings = LoadSettings.builder().setCodePointLimit(SpecReader.MAX_BYTES).build();
    Node root = new Compose(settings).composeString(yaml).orElseThrow();
    List<Edit> edits = new ArrayList<>();
    Deque<List<String>> remainingLevels = new ArrayDeque<>(levels);
    SequenceNode features = (SequenceNode) value(root, "features").orElseThrow();
    for (Node feature : features.getValue()) {
      boolean isCategory =
          value(feature, "type").map(LevelWriter::text).filter("category"::equals).isPresent();
      if (isCategory && value(feature, "levels").isEmpty()) {
        edits.add(Edit.of((MappingNode) feature, remainingLevels.removeFirst()));
      }
    }
    return withEdits(yaml, edits);
  }

  /**
   * A replacement of a piece of the text.
   *
   * @param from the first code point of the piece
   * @param to the first code point after the piece
   * @param text the new text of the piece
   */
  private record Edit(int from, int to, String text) {
    static Edit of(MappingNode feature, List<String> levels) {
      String text =
          "levels: ["
              + levels.stream().map(YamlText::quoted).collect(Collectors.joining(", "))
              + "]";
      Optional<NodeTuple> maxLevels = entry(feature, "maxLevels");
      if (maxLevels.isPresent()) {
        return new Edit(start(maxLevels.get()).getIndex(), end(maxLevels.get()).getIndex(), text);
      }
      Mark type = start(entry(feature, "type").orElseThrow());
      boolean isFlow = feature.getFlowStyle() == FlowStyle.FLOW;
      String separator = isFlow ? ", " : "\n" + " ".repeat(type.getColumn());
      return new Edit(type.getIndex(), type.getIndex(), text + separator);
    }
  }

  private static String withEdits(String yaml, List<Edit> edits) {
    StringBuilder text = new StringBuilder();
    int copiedTo = 0;
    for (Edit edit : edits) {
      int from = yaml.offsetByCodePoints(0, edit.from());
      text.append(yaml, copiedTo, from).append(edit.text());
      copiedTo = yaml.offsetByCodePoints(0, edit.to());
    }
    return text.append(yaml, copiedTo, yaml.length()).toString();
  }

  private static Mark start(NodeTuple entry) {
    return entry.getKeyNode().getStartMark().orElseThrow();
  }

  private static Mark end(NodeTuple entry) {
    return entry.getValueNode().getEndMark().orElseThrow();
  }

  private static Optional<Node> value(Node map, String key) {
    return entry(map, key).map(NodeTuple::getValueNode);
  }

  private static Optional<NodeTuple> entry(Node map, String key) {
    return ((MappingNode) map)
        .getValue().stream().filter(entry -> key.equals(text(entry.getKeyNode()))).findFirst();
  }

  private static String text(Node node) {
    return node instanceof ScalarNode scalar ? scalar.getValue() : null;
  }
}
