package personas.run.rename;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import personas.report.data.ReportData.RuleSet;
import personas.report.rule.RuleSetBuilder;
import personas.text.sql.SqlDialect;

/** Replaces the name of a persona in JSON results, also within sentences. */
final class RenamedJson {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  /** Keys of a report whose values never hold the name of a persona. */
  private static final Set<String> KEYS_WITHOUT_NAMES =
      Set.of(
          "run",
          "ledger",
          "features",
          "importance",
          "distributions",
          "scatter",
          "convergence",
          "described",
          "definitions",
          "rules",
          "rule",
          "summary",
          "strategy");

  private final PersonaRename rename;
  private final Pattern inSentence;

  /**
   * Creates the replacement.
   *
   * @param rename the old and the new name, and the id of the cluster
   * @param names the names of all personas of the run; a name may be a part of another name
   */
  RenamedJson(PersonaRename rename, List<String> names) {
    this.rename = rename;
    String longestFirst =
        names.stream()
            .sorted(Comparator.comparingInt(String::length).reversed())
            .map(Pattern::quote)
            .collect(Collectors.joining("|"));
    this.inSentence =
        Pattern.compile("(?<![\\p{L}\\p{N}])(" + longestFirst + ")(?![\\p{L}\\p{N}])");
  }

  /** Returns the text of a {@code report.json} with the new name. */
  String renamedReport(String json) throws IOException {
    ObjectNode report = (ObjectNode) read(json);
    for (Map.Entry<String, JsonNode> entry : report.properties()) {
      if (entry.getKey().equals("drift")) {
        entry.setValue(replaceById(entry.getValue()));
      } else if (!KEYS_WITHOUT_NAMES.contains(entry.getKey())) {
        entry.setValue(replaceInSentences(entry.getValue()));
      }
    }
    if (report.path("ruleSet").isObject()) {
      RuleSet set = MAPPER.treeToValue(report.get("ruleSet"), RuleSet.class);
      List<String> names = new ArrayList<>();
      report.get("personas").forEach(persona -> names.add(persona.path("name").asText()));
      SqlDialect dialect = set.dialect() == null ? null : SqlDialect.of(set.dialect()).orElse(null);
      ((ObjectNode) report.get("ruleSet"))
          .put("sql", RuleSetBuilder.caseOf(set.rules(), names, dialect));
    }
    return report.toString();
  }

  /**
   * Returns the text of a {@code drift.json} or {@code run.json} with the new name. Both files hold
   * the id of each persona that they name.
   */
  String renamedById(String json) throws IOException {
    return replaceById(read(json)).toString();
  }

  private static JsonNode read(String json) throws IOException {
    try {
      return MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IOException("a result of the run is not valid JSON: " + e.getOriginalMessage(), e);
    }
  }

  /** Replaces the name in all texts, where it stands as a whole word. */
  private JsonNode replaceInSentences(JsonNode node) {
    if (node.isTextual()) {
      return TextNode.valueOf(inSentence.matcher(node.textValue()).replaceAll(this::replacement));
    }
    if (node instanceof ArrayNode array) {
      ArrayNode copy = JsonNodeFactory.instance.arrayNode();
      array.forEach(element -> copy.add(replaceInSentences(element)));
      return copy;
    }
    if (node instanceof ObjectNode object) {
      for (Map.Entry<String, JsonNode> entry : object.properties()) {
        if (!KEYS_WITHOUT_NAMES.contains(entry.getKey())) {
          entry.setValue(replaceInSentences(entry.getValue()));
        }
      }
    }
    return node;
  }

  private String replacement(MatchResult found) {
    String name = found.group(1);
    return Matcher.quoteReplacement(name.equals(rename.from()) ? rename.to() : name);
  }

  /**
   * Replaces the name in texts like {@code Heavy users (3)}, and in objects with an id and a name.
   * The id decides, because another cluster may have had the same name in the previous run.
   */
  private JsonNode replaceById(JsonNode node) {
    if (node.isTextual()) {
      return TextNode.valueOf(
          node.textValue().replace(nameWithId(rename.from()), nameWithId(rename.to())));
    }
    if (node instanceof ArrayNode array) {
      ArrayNode copy = JsonNodeFactory.instance.arrayNode();
      array.forEach(element -> copy.add(replaceById(element)));
      return copy;
    }
    if (node instanceof ObjectNode object) {
      object.properties().forEach(entry -> entry.setValue(replaceById(entry.getValue())));
      if (object.path("persona").isTextual() && object.path("id").isInt()) {
        rename(object, object.get("id").intValue());
      }
    }
    return node;
  }

  private String nameWithId(String name) {
    return name + " (" + rename.id() + ")";
  }

  /** Replaces the name in an object that describes the cluster in this run or the previous run. */
  private void rename(ObjectNode object, int id) {
    String name = object.get("persona").textValue();
    boolean isRenamedCluster = id == rename.id() && name.equals(rename.from());
    boolean isPreviousCluster =
        rename.previous() != null
            && id == rename.previous().id()
            && name.equals(rename.previous().from());
    if (isRenamedCluster || isPreviousCluster) {
      object.put("persona", rename.to());
    }
    if (isRenamedCluster) {
      object.remove("previousPersona");
    }
  }
}
