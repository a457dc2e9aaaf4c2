package personas.spec.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import personas.connector.Connectors;
import personas.feature.Feature;
import personas.feature.LevelFeature;
import personas.spec.SegmentationSpec;

/** Checks that counted levels are written into a spec and everything else stays. */
class LevelWriterTest {
  private static final List<String> HARD = List.of("it's", "a, b", "x: y # z", "null", "12", "é𝄞");

  private static SegmentationSpec read(String yaml) throws Exception {
    return Connectors.readSpec(
        "x.yaml", new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)));
  }

  /** The spec that is written means the same but for its levels. */
  private static void assertWritten(String expected, String yaml) throws Exception {
    assertEquals(1, read(yaml).levelsToCount().size());
    String written = LevelWriter.write(yaml, List.of(HARD));
    assertEquals(
        expected.replace("@", "levels: ['it''s', 'a, b', 'x: y # z', 'null', '12', 'é𝄞']"),
        written);
    SegmentationSpec spec = read(written);
    assertTrue(spec.levelsToCount().isEmpty());
    List<String> levels =
        spec.features().stream()
            .filter(feature -> feature.isLevelOf("plan"))
            .map(feature -> ((LevelFeature) feature).level().levels())
            .findFirst()
            .orElseThrow();
    assertEquals(HARD, levels);
  }

  @Test
  void levelsStandBeforeTheTypeOrInPlaceOfTheirNumber() throws Exception {
    String head = "# 𝄞 é\nname: a\ninput: {id: u}\nfeatures:\n";
    assertWritten(
        head + "  - name: plan # which\n    @\n    type: category # why\n    weight: 2\n",
        head + "  - name: plan # which\n    type: category # why\n    weight: 2\n");
    assertWritten(
        head + "- @\n  type: category\n  name: plan\n", head + "- type: category\n  name: plan\n");
    assertWritten(
        head + "  - name: plan\n    @ # few\n    type: 'category'\n",
        head + "  - name: plan\n    maxLevels: 6 # few\n    type: 'category'\n");
    assertWritten(
        head + "  - {name: plan, @, type: category}\n  - name: f\n",
        head + "  - {name: plan, type: category}\n  - name: f\n");
    assertWritten(
        head + "  - {type: category, @, name: plan}\n",
        head + "  - {type: category, maxLevels: 6, name: plan}\n");
    assertWritten(
        "{\"name\": \"a\", \"input\": {\"id\": \"u\"},"
            + " \"features\": [{\"name\": \"plan\", @, \"type\": \"category\"}]}",
        "{\"name\": \"a\", \"input\": {\"id\": \"u\"},"
            + " \"features\": [{\"name\": \"plan\", \"type\": \"category\"}]}");
  }

  @Test
  void windowsLinesAndAnEditorsMarkStay() throws Exception {
    assertWritten(
        "\ufeffname: a\r\ninput: {id: u}\r\nfeatures:\r\n  - name: plan\r\n    @\n    type: category\r\n",
        "\ufeffname: a\r\ninput: {id: u}\r\nfeatures:\r\n  - name: plan\r\n    type: category\r\n");
  }

  @Test
  void everyCategoryGetsItsOwnAndThoseWithLevelsKeepThem() throws Exception {
    String yaml =
        """
        name: a
        input: {id: u}
        features:
          - {name: e, type: category}
          - {name: f, type: category, levels: [x]}
          - name: g
            maxLevels: 3
            type: category
        """;
    SegmentationSpec spec = read(LevelWriter.write(yaml, List.of(List.of("1"), List.of("2", "3"))));
    assertEquals(
        List.of("e=1", "e=other", "f=x", "f=other", "g=2", "g=3", "g=other"),
        spec.features().stream().map(Feature::name).toList());
  }
}
