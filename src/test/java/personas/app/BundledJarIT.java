package personas.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;

/** The jar that a cluster gets. */
class BundledJarIT {
  private static final String BUNDLE = "target/beam-personas-bundled.jar";

  @Test
  void carriesNoClassThatAClusterBrings() throws IOException {
    try (JarFile jar = new JarFile(BUNDLE)) {
      List<String> brought =
          jar.stream()
              .map(entry -> entry.getName())
              .filter(name -> name.matches("org/(apache/flink|slf4j)/.*\\.class"))
              .toList();
      assertEquals(List.of(), brought);
      assertTrue(jar.stream().anyMatch(e -> e.getName().equals("personas/app/Main.class")));
    }
  }

  @Test
  void carriesKafkasClientsAndNoBroker() throws IOException {
    try (JarFile jar = new JarFile(BUNDLE)) {
      assertNotNull(jar.getEntry("org/apache/kafka/clients/consumer/KafkaConsumer.class"));
      assertTrue(jar.stream().noneMatch(e -> e.getName().matches("(kafka|scala)/.*\\.class")));
    }
  }

  @Test
  void mergesServiceFiles() throws IOException {
    String registrars = service("org.apache.beam.sdk.runners.PipelineRunnerRegistrar");
    for (String runner : List.of("Direct", "Flink", "Dataflow")) {
      assertTrue(registrars.contains(runner), registrars);
    }
    String fileSystems = service("org.apache.beam.sdk.io.FileSystemRegistrar");
    assertTrue(fileSystems.contains("LocalFileSystemRegistrar"), fileSystems);
    assertTrue(fileSystems.contains("GcsFileSystemRegistrar"), fileSystems);
  }

  private static String service(String name) throws IOException {
    try (JarFile jar = new JarFile(BUNDLE);
        var in = jar.getInputStream(jar.getEntry("META-INF/services/" + name))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
