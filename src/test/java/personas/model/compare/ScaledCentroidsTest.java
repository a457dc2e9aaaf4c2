package personas.model.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import personas.model.Model;
import personas.model.ModelJson;
import personas.model.compare.ClusterMatching.Change;

/** Compares clusters of two models with different transforms. */
class ScaledCentroidsTest {
  private static final Path SAMPLE = Path.of("src/test/resources/golden/sample-model.json");

  private static Model model(ObjectNode tree) throws IOException {
    byte[] bytes = new ObjectMapper().writeValueAsBytes(tree);
    return ModelJson.read("model.json", new ByteArrayInputStream(bytes));
  }

  /** The same model with the same centroids, whose first feature has a logarithm. */
  private static ObjectNode withLogarithm(ObjectNode tree) {
    ObjectNode feature = (ObjectNode) tree.get("features").get(0);
    double mean = feature.get("mean").asDouble();
    double deviation = feature.get("deviation").asDouble();
    feature.put("transform", "log1p").put("mean", 5.0).put("deviation", 0.5);
    for (var cluster : tree.get("clusters")) {
      ArrayNode centroid = (ArrayNode) cluster.get("centroid");
      double raw = centroid.get(0).asDouble() * deviation + mean;
      centroid.set(0, (Math.log1p(raw) - 5.0) / 0.5);
    }
    return tree;
  }

  @Test
  void theSameCentroidsAreKeptUnderAnotherTransform() throws IOException {
    String text = Files.readString(SAMPLE);
    Model plain = model((ObjectNode) new ObjectMapper().readTree(text));
    Model logarithm = model(withLogarithm((ObjectNode) new ObjectMapper().readTree(text)));
    for (Model[] pair : new Model[][] {{plain, logarithm}, {logarithm, plain}}) {
      ClusterMatching matching = ScaledCentroids.of(pair[1]).match(pair[0]);
      for (int j = 0; j < plain.clusters().size(); j++) {
        assertEquals(j, matching.previousOf(j));
        assertEquals(Change.KEPT, matching.change(j));
        assertEquals(0, matching.shift(j), 1e-9);
      }
    }
  }
}
