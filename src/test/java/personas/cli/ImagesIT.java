package personas.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import java.util.zip.GZIPInputStream;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks the contents of the images that Jib builds with the Maven profile "images". */
class ImagesIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final Map<String, Image> IMAGES = new HashMap<>();

  /**
   * An image: its configuration, and of the files in its layers the SHA-256, and the text where the
   * file is not a jar.
   */
  private record Image(JsonNode config, Map<String, String> digests, Map<String, String> texts) {}

  private static Path bundle(String kind) {
    return Path.of("target/beam-personas-" + kind + ".jar");
  }

  private static Image image(String kind) throws IOException {
    Path tar = Path.of("target/beam-personas-" + kind + "-image.tar");
    assumeTrue(Files.exists(tar), tar + ": the Maven profile \"images\" builds it");
    Image image = IMAGES.get(kind);
    if (image == null) {
      image = read(tar);
      IMAGES.put(kind, image);
    }
    return image;
  }

  private static Image read(Path tar) throws IOException {
    Map<String, JsonNode> descriptions = new HashMap<>();
    Set<String> layers = new TreeSet<>();
    Map<String, String> digests = new TreeMap<>();
    Map<String, String> texts = new TreeMap<>();
    try (TarArchiveInputStream in = new TarArchiveInputStream(Files.newInputStream(tar))) {
      for (TarArchiveEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        if (entry.getName().endsWith(".json")) {
          descriptions.put(entry.getName(), JSON.readTree(in.readAllBytes()));
        } else {
          layers.add(entry.getName());
          readLayer(new TarArchiveInputStream(new GZIPInputStream(in)), digests, texts);
        }
      }
    }
    JsonNode manifest = descriptions.get("manifest.json").get(0);
    assertEquals(layers, texts(manifest.path("Layers")));
    JsonNode config = descriptions.get(manifest.path("Config").asText()).path("config");
    return new Image(config, digests, texts);
  }

  private static void readLayer(
      TarArchiveInputStream layer, Map<String, String> digests, Map<String, String> texts)
      throws IOException {
    for (TarArchiveEntry file = layer.getNextEntry(); file != null; file = layer.getNextEntry()) {
      String name = file.getName();
      if (file.isFile() && name.endsWith(".jar")) {
        digests.put(name, DigestUtils.sha256Hex(layer));
      } else if (file.isFile()) {
        byte[] bytes = layer.readAllBytes();
        digests.put(name, DigestUtils.sha256Hex(bytes));
        texts.put(name, new String(bytes, UTF_8));
      }
    }
  }

  private static Set<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false)
        .map(JsonNode::asText)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @ParameterizedTest
  @ValueSource(strings = {"flink", "dataflow"})
  void theUserIsNotRoot(String kind) throws IOException {
    String user = image(kind).config().path("User").asText();
    assertTrue(user.matches("[1-9][0-9]*:[1-9][0-9]*"), user);
  }

  @ParameterizedTest
  @ValueSource(strings = {"flink", "dataflow"})
  void theEntryPointMatchesTheBaseImage(String kind) throws IOException {
    Set<String> entryPoint = texts(image(kind).config().path("Entrypoint"));
    assertEquals(
        Set.of(
            kind.equals("flink")
                ? "/docker-entrypoint.sh"
                : "/opt/google/dataflow/java_template_launcher"),
        entryPoint);
  }

  @ParameterizedTest
  @ValueSource(strings = {"flink", "dataflow"})
  void theLayersHoldTheJarOfTheRunnerTheSpecsAndNothingElse(String kind) throws IOException {
    Map<String, Path> expected = new TreeMap<>();
    if (kind.equals("flink")) {
      expected.put("opt/flink/usrlib/beam-personas-flink.jar", bundle(kind));
      try (Stream<Path> specs = Files.list(Path.of("pipelines"))) {
        specs.forEach(spec -> expected.put("opt/flink/pipelines/" + spec.getFileName(), spec));
      }
    } else {
      expected.put("template/beam-personas-dataflow.jar", bundle(kind));
    }
    Map<String, String> digests = new TreeMap<>();
    for (var file : expected.entrySet()) {
      digests.put(file.getKey(), DigestUtils.sha256Hex(Files.readAllBytes(file.getValue())));
    }
    // BundledJarIT knows what is in the jar: no class that the engine brings.
    assertEquals(digests, image(kind).digests());
  }

  @ParameterizedTest
  @ValueSource(strings = {"flink", "dataflow"})
  void nothingInItIsSecret(String kind) throws IOException {
    Image image = image(kind);
    for (var file : image.texts().entrySet()) {
      assertFalse(
          file.getValue().matches("(?s).*(-----BEGIN|private_key|password:).*"), file.getKey());
    }
    for (String variable : texts(image.config().path("Env"))) {
      String name = variable.substring(0, variable.indexOf('='));
      assertTrue(name.matches("FLEX_TEMPLATE_JAVA_(CLASSPATH|MAIN_CLASS)"), variable);
    }
  }

  @Test
  void theLauncherOfATemplateFindsTheProgram() throws IOException {
    Image image = image("dataflow");
    assertEquals(
        Set.of(
            "FLEX_TEMPLATE_JAVA_CLASSPATH=/template/beam-personas-dataflow.jar",
            "FLEX_TEMPLATE_JAVA_MAIN_CLASS=" + TemplateMain.class.getName()),
        texts(image.config().path("Env")));
  }
}
