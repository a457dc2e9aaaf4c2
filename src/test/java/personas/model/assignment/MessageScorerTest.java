package personas.model.assignment;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import personas.model.score.ScoringColumns;
import personas.model.score.VersionedModel;
import personas.run.ModelFile;
import personas.spec.InputSpec;
import personas.text.CsvBuffer;

/** Checks the lines of scored messages: each line has the bytes of Jackson's generator. */
class MessageScorerTest {
  private static final Path SAVED = Path.of("src/test/resources/models/format-1.json");

  /** Keeps the zeros at the end of a decimal. */
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  /** Texts that JSON escapes, or whose UTF-8 has more bytes than characters. */
  private static final List<String> TEXTS =
      List.of(
          "user-1",
          "a \"b\" c",
          "back\\slash",
          "tab\tand\u0001",
          "delete\u007f",
          "é",
          "\u2028",
          "\ud83d\ude00",
          "</script>");

  @TempDir Path folder;
  private final CsvBuffer line = new CsvBuffer();
  private ModelFile file;
  private VersionedModel model;

  /** One scorer for all messages, because it keeps texts from one message to the next. */
  private MessageScorer scorer;

  @BeforeEach
  void aModelWithNamesThatJsonEscapes() throws IOException {
    FileSystems.setDefaultPipelineOptions(PipelineOptionsFactory.create());
    String saved = Files.readString(SAVED);
    String hostile = saved.replace("Marketing Agencies", "Söcial \\\"Media\\\" \\\\");
    assertFalse(hostile.equals(saved));
    Path path = Files.writeString(folder.resolve("model.json"), hostile);
    file = new ModelFile(path.toString(), new ScoringColumns("user_id", List.of("note")), null);
    model = file.read();
    scorer = new MessageScorer(model, file.reader(model.model()), false);
  }

  private String line(String source, String message) throws IOException {
    assertTrue(score(source, message), message);
    return new String(line.toByteArray(), UTF_8);
  }

  private boolean score(String source, String message) throws IOException {
    line.clear();
    return scorer.score(source, 7, message.getBytes(UTF_8), line);
  }

  private static String quoted(String text) throws JsonProcessingException {
    return JSON.writeValueAsString(text);
  }

  private String message(String id, String note, int value) throws IOException {
    StringBuilder text =
        new StringBuilder("{\"user_id\":" + quoted(id) + ",\"note\":" + quoted(note));
    for (var feature : model.model().schema().features()) {
      text.append(",").append(quoted(feature.column())).append(":").append(value);
    }
    return text + "}";
  }

  @Test
  void aLineHasTheBytesOfJacksonsGenerator() throws IOException {
    Set<String> personas = new HashSet<>();
    for (String text : TEXTS) {
      for (int value : new int[] {0, 1, 50, 1_000}) {
        String found = line("topic-" + value + "/3", message(text, text, value));
        JsonNode parsed = JSON.readTree(found);
        assertEquals(JSON.writeValueAsString(parsed), found);
        assertEquals(text, parsed.get("user_id").textValue());
        assertEquals(text, parsed.get("note").textValue());
        assertEquals("topic-" + value + "/3", parsed.get("source").textValue());
        assertEquals(7, parsed.get("position").longValue());
        assertEquals(model.digest(), parsed.get("model").textValue());
        int cluster = parsed.get("cluster").intValue();
        String persona = parsed.get("persona").textValue();
        assertEquals(model.model().personas().clusters().get(cluster).persona(), persona);
        personas.add(persona);
        personas.add(parsed.get("second_persona").textValue());
      }
    }
    assertTrue(personas.contains("Söcial \"Media\" \\"), "the users reach the escaped name");
  }

  @Test
  void theKeysOfALineAreTheColumnsOfTheAssignments() throws IOException {
    List<String> expected = new ArrayList<>(InputSpec.ASSIGNMENT_COLUMNS);
    expected.add("note");
    expected.addAll(VersionedModel.KEYS);
    List<String> keys = new ArrayList<>();
    JSON.readTree(line("t/0", message("u", "n", 1))).fieldNames().forEachRemaining(keys::add);
    assertEquals(expected, keys);
  }

  @Test
  void explanationsComeBeforeTheCopiedColumns() throws IOException {
    scorer = new MessageScorer(model, file.reader(model.model()), true);
    String found = line("t/0", message("u", "n", 50));
    JsonNode parsed = JSON.readTree(found);
    assertEquals(JSON.writeValueAsString(parsed), found);
    List<String> keys = new ArrayList<>();
    parsed.fieldNames().forEachRemaining(keys::add);
    List<String> expected = new ArrayList<>(InputSpec.ASSIGNMENT_COLUMNS);
    expected.addAll(InputSpec.EXPLANATION_COLUMNS);
    expected.add("note");
    expected.addAll(VersionedModel.KEYS);
    assertEquals(expected, keys);
  }

  /** The line of a user before a rejected message leaves nothing behind. */
  @Test
  void aRejectedMessageHasALineOfItsOwn() throws IOException {
    line("t/0", message("a long id that is written first", "n", 1));
    assertFalse(score("t/1", "{\"user_id\":\"u\"}"));
    JsonNode parsed = JSON.readTree(line.toByteArray());
    assertEquals("t/1", parsed.get("source").textValue());
    assertEquals("missing_value", parsed.get("reason").textValue());
    assertEquals("{\"user_id\":\"u\"}", parsed.get("record").textValue());
    assertEquals(model.digest(), parsed.get("model").textValue());
  }
}
