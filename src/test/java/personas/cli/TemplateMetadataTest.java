package personas.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.api.client.json.GenericJson;
import com.google.api.client.json.gson.GsonFactory;
import com.google.api.services.dataflow.model.ParameterMetadata;
import com.google.api.services.dataflow.model.TemplateMetadata;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import personas.cli.console.Help;
import personas.cli.option.ScoreOptions;
import personas.cli.option.SegmentOptions;

/**
 * Checks the metadata of both templates with the classes of the Dataflow API and the rules of the
 * generator of GoogleCloudPlatform/DataflowTemplates.
 */
class TemplateMetadataTest {
  /** The types that the Dataflow console has an input field for, each with a value it takes. */
  private static final Map<String, List<String>> VALUES_OF_TYPES =
      Map.of(
          "TEXT", List.of(),
          "NUMBER", List.of("1"),
          "BOOLEAN", List.of("true", "false"),
          "ENUM", List.of(),
          "GCS_READ_FILE", List.of("gs://my-bucket/folder/file-*.csv"),
          "GCS_WRITE_FOLDER", List.of("gs://my-bucket/folder"),
          "PUBSUB_SUBSCRIPTION", List.of("projects/my-project/subscriptions/users"),
          "PUBSUB_TOPIC", List.of("projects/my-project/topics/users"));

  static TemplateMetadata metadata(String kind) throws IOException {
    String json = Files.readString(Path.of("runners/dataflow/metadata-" + kind + ".json"));
    return GsonFactory.getDefaultInstance().fromString(json, TemplateMetadata.class);
  }

  static Map<String, ParameterMetadata> parameters(String kind) throws IOException {
    Map<String, ParameterMetadata> parameters = new HashMap<>();
    for (ParameterMetadata each : metadata(kind).getParameters()) {
      assertNull(parameters.put(each.getName(), each), each.getName() + " is there twice");
    }
    return parameters;
  }

  static boolean takes(ParameterMetadata parameter, String value) {
    return parameter.getRegexes().stream().allMatch(value::matches);
  }

  @ParameterizedTest
  @ValueSource(strings = {"batch", "streaming"})
  void theApiKnowsEveryKey(String kind) throws IOException {
    TemplateMetadata metadata = metadata(kind);
    List<GenericJson> all = new ArrayList<>(metadata.getParameters());
    all.add(metadata);
    for (GenericJson each : all) {
      assertEquals(Set.of(), each.getUnknownKeys().keySet(), each.toString());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"batch", "streaming"})
  void everyParameterHasATypeAndWordsForPeople(String kind) throws IOException {
    for (ParameterMetadata parameter : parameters(kind).values()) {
      String name = parameter.getName();
      assertTrue(VALUES_OF_TYPES.containsKey(parameter.getParamType()), name);
      assertFalse(parameter.getLabel().isBlank(), name);
      assertFalse(parameter.getHelpText().isBlank(), name);
      assertEquals(1, parameter.getRegexes().size(), name);
      for (String value : VALUES_OF_TYPES.get(parameter.getParamType())) {
        assertTrue(takes(parameter, value), name + " takes " + value);
      }
      boolean isText = parameter.getParamType().equals("TEXT");
      assertTrue(isText || !takes(parameter, "neither a number nor an address"), name);
      assertFalse(takes(parameter, "two\nlines"), name);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"batch", "streaming"})
  void aDefaultIsTheProgramsAndCanBePassedToEveryCommandOfTheTemplate(String kind)
      throws IOException {
    Map<String, String> segment = Help.flags(SegmentOptions.class);
    Map<String, String> score = Help.flags(ScoreOptions.class);
    for (ParameterMetadata parameter : parameters(kind).values()) {
      String value = parameter.getDefaultValue();
      if (value == null) {
        continue;
      }
      String name = parameter.getName();
      assertTrue(takes(parameter, value), name);
      assertEquals(true, parameter.getIsOptional(), name);
      // A console may fill in a default, and a command fails on a flag that it does not know.
      assertTrue(score.containsKey(name), name);
      assertTrue(kind.equals("streaming") || segment.containsKey(name), name);
      assertTrue(score.get(name).matches("(?s).*\\b" + value + "\\b.*"), score.get(name));
    }
  }

  @Test
  void theDefaultsThatAreKnownAreThere() throws IOException {
    assertEquals("16", parameters("batch").get("rangeMegabytes").getDefaultValue());
    assertEquals("300", parameters("streaming").get("modelRefresh").getDefaultValue());
  }

  @Test
  void onlyTheStreamIsAStream() throws IOException {
    assertEquals(false, metadata("batch").getStreaming());
    assertNull(metadata("batch").getDefaultStreamingMode());
    TemplateMetadata stream = metadata("streaming");
    assertEquals(true, stream.getStreaming());
    // The API takes a default mode only where both modes are supported.
    assertNotNull(stream.getDefaultStreamingMode());
    assertEquals(true, stream.getSupportsAtLeastOnce());
    assertEquals(true, stream.getSupportsExactlyOnce());
  }

  @Test
  void everyParameterIsAFlagAndEveryFlagThatAJobNeedsIsAParameter() throws IOException {
    Set<String> flags = new TreeSet<>(Help.flags(SegmentOptions.class).keySet());
    flags.addAll(Help.flags(ScoreOptions.class).keySet());
    Set<String> parameters = new HashSet<>(parameters("batch").keySet());
    parameters.addAll(parameters("streaming").keySet());
    assertTrue(flags.containsAll(parameters), parameters.toString());
    flags.removeAll(parameters);
    // The dry run and its files, how a run shows its progress and ends and what it then deletes,
    // which a template does not wait for, the stopped run that its one job cannot continue, the
    // series that it writes no end of, Kafka, which no template reads, and the earlier runs, which
    // need a job before the run.
    assertEquals(
        Set.of(
            "dryRun",
            "failOn",
            "keep",
            "previous",
            "group",
            "history",
            "jobFile",
            "jobGraph",
            "kafkaProperties",
            "quiet",
            "resume",
            "verbose"),
        flags);
  }
}
