package personas.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Replaces, removes or adds values of a valid model. The reader accepts the model or refuses it
 * with its name; see {@code src/test/README.md}.
 */
class ModelFuzz {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path SAMPLE = Path.of("src/test/resources/golden/sample-model.json");
  private static final int MOST_CHANGES = 4;

  @FuzzTest(maxDuration = "10m")
  void changedValues(FuzzedDataProvider data) throws IOException {
    JsonNode model = JSON.readTree(Files.readAllBytes(SAMPLE));
    int changes = data.consumeInt(0, MOST_CHANGES);
    for (int i = 0; i < changes; i++) {
      change(model, data);
    }
    Model read;
    try {
      read = read(JSON.writeValueAsBytes(model));
    } catch (IOException e) {
      assertTrue(e.getMessage().startsWith("x.json: "), e.getMessage());
      return;
    }
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    ModelJson.write(read, written);
    assertEquals(read, read(written.toByteArray()));
    for (Model.ClusterModel cluster : read.clusters()) {
      assertTrue(cluster.centroid().stream().allMatch(Double::isFinite), cluster.toString());
      assertTrue(cluster.rawMean().stream().allMatch(Double::isFinite), cluster.toString());
    }
  }

  private static Model read(byte[] json) throws IOException {
    return ModelJson.read("x.json", new ByteArrayInputStream(json));
  }

  /** Goes down from the root until the data says stop, and changes a child there. */
  private static void change(JsonNode root, FuzzedDataProvider data) {
    JsonNode node = root;
    while (true) {
      List<String> names = new ArrayList<>();
      node.fieldNames().forEachRemaining(names::add);
      int size = node.isArray() ? node.size() : names.size();
      if (size == 0) {
        return;
      }
      int place = data.consumeInt(0, size - 1);
      JsonNode child = node.isArray() ? node.get(place) : node.get(names.get(place));
      if (child.isContainerNode() && child.size() > 0 && data.consumeBoolean()) {
        node = child;
        continue;
      }
      if (node instanceof ArrayNode array) {
        changeElement(array, place, data);
      } else if (node instanceof ObjectNode object) {
        changeMember(object, names.get(place), data);
      }
      return;
    }
  }

  private static void changeElement(ArrayNode array, int place, FuzzedDataProvider data) {
    switch (data.consumeInt(0, 2)) {
      case 0 -> array.remove(place);
      case 1 -> array.insert(place, value(data));
      default -> array.set(place, value(data));
    }
  }

  private static void changeMember(ObjectNode object, String name, FuzzedDataProvider data) {
    switch (data.consumeInt(0, 2)) {
      case 0 -> object.remove(name);
      case 1 -> object.set(data.consumeString(6), value(data));
      default -> object.set(name, value(data));
    }
  }

  private static JsonNode value(FuzzedDataProvider data) {
    JsonNodeFactory values = JsonNodeFactory.instance;
    return switch (data.consumeInt(0, 9)) {
      case 0 -> values.nullNode();
      case 1 -> values.numberNode(data.consumeInt());
      case 2 -> values.numberNode(-1);
      case 3 -> values.numberNode(data.consumeRegularDouble());
      case 4 -> values.numberNode(new BigDecimal("1e999"));
      case 5 -> values.textNode(data.consumeString(12));
      case 6 -> values.textNode("NaN");
      case 7 -> values.arrayNode();
      case 8 -> values.objectNode();
      default -> values.booleanNode(data.consumeBoolean());
    };
  }
}
