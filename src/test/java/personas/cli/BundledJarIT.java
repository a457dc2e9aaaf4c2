package personas.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks the jars for clusters: one for Flink, one for Dataflow. */
class BundledJarIT {
  private static final Path FLINK = Path.of("target/beam-personas-flink.jar");
  private static final Path DATAFLOW = Path.of("target/beam-personas-dataflow.jar");
  private static final Pattern FLINK_PROVIDES =
      Pattern.compile(
          "(org/(apache/flink|slf4j|objenesis)|com/(esotericsoftware|twitter/chill)|javassist)/"
              + ".*\\.class");

  @TempDir Path folder;

  private static List<String> entries(Path bundle) throws IOException {
    try (JarFile jar = new JarFile(bundle.toFile())) {
      return jar.stream().map(entry -> entry.getName()).toList();
    }
  }

  private static List<String> matching(Path bundle, Pattern pattern) throws IOException {
    return entries(bundle).stream().filter(pattern.asMatchPredicate()).toList();
  }

  @Test
  void theJarForFlinkHasNoClassThatAClusterBrings() throws IOException {
    assertEquals(List.of(), matching(FLINK, FLINK_PROVIDES));
  }

  @Test
  void theJarForFlinkIsBelow80Megabytes() throws IOException {
    assertTrue(Files.size(FLINK) < 80_000_000, Files.size(FLINK) + " bytes");
  }

  @Test
  void theJarForFlinkHasNoClientOfGoogleCloudAndNoOtherRunner() throws IOException {
    Pattern others =
        Pattern.compile(
            "(com/google/(cloud|api)|io/grpc|org/apache/beam/runners/(direct|dataflow))/.*\\.class");
    assertEquals(List.of(), matching(FLINK, others));
  }

  @Test
  void theJarForDataflowHasNoClassOfAnotherRunner() throws IOException {
    Pattern others = Pattern.compile("org/apache/(flink|beam/runners/(direct|flink))/.*\\.class");
    assertEquals(List.of(), matching(DATAFLOW, others));
  }

  @ParameterizedTest
  @ValueSource(strings = {"flink", "dataflow"})
  void eachHasTheProgramAndKafkasClientsAndNoBroker(String runner) throws IOException {
    List<String> entries = entries(Path.of("target/beam-personas-" + runner + ".jar"));
    assertTrue(entries.contains("personas/cli/Main.class"));
    assertTrue(entries.contains("org/apache/kafka/clients/consumer/KafkaConsumer.class"));
    assertTrue(entries.contains("org/postgresql/Driver.class"));
    assertTrue(entries.contains("org/apache/parquet/hadoop/ParquetFileReader.class"));
    assertFalse(entries.stream().anyMatch(name -> name.matches("(kafka|scala)/.*\\.class")));
  }

  @Test
  void mergesServiceFiles() throws IOException {
    String runners = "org.apache.beam.sdk.runners.PipelineRunnerRegistrar";
    assertTrue(service(FLINK, runners).contains("FlinkRunnerRegistrar"));
    assertTrue(service(DATAFLOW, runners).contains("DataflowPipelineRegistrar"));
    String fileSystems = service(DATAFLOW, "org.apache.beam.sdk.io.FileSystemRegistrar");
    assertTrue(fileSystems.contains("LocalFileSystemRegistrar"), fileSystems);
    assertTrue(fileSystems.contains("GcsFileSystemRegistrar"), fileSystems);
  }

  private static String service(Path bundle, String name) throws IOException {
    try (JarFile jar = new JarFile(bundle.toFile())) {
      var entry = jar.getEntry("META-INF/services/" + name);
      assertNotNull(entry, name);
      try (var in = jar.getInputStream(entry)) {
        return new String(in.readAllBytes(), UTF_8);
      }
    }
  }

  /** What the launcher of a Flex Template does: it starts a JVM that has this one jar. */
  @Test
  void theJarForDataflowBuildsATemplateWithNoOtherJar() throws Exception {
    Path users = Files.write(folder.resolve("users.csv"), Run.simulated(50, 1));
    Path jobFile = folder.resolve("template.json");
    List<String> command =
        new ArrayList<>(
            List.of(
                System.getProperty("java.home") + "/bin/java",
                "-cp",
                DATAFLOW.toString(),
                "personas.cli.TemplateMain"));
    command.addAll(DataflowTest.templateFlags(folder, jobFile));
    command.addAll(List.of("--spec=" + Run.SAMPLE_SPEC, "--input=" + users));
    command.add("--output=" + folder.resolve("out"));
    Path log = folder.resolve("log");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    assertEquals(0, process.waitFor(), Files.readString(log));
    assertEquals(
        "JOB_TYPE_BATCH", new ObjectMapper().readTree(jobFile.toFile()).path("type").asText());
  }
}
