package personas.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The libraries that the pom calls core suffice for a run on this machine. */
class CoreLibrariesTest {
  /** Where the build has put them; target/classes in Maven's. */
  private static final String CLASSES =
      Path.of(personas.app.Main.class.getProtectionDomain().getCodeSource().getLocation().getPath())
          .toString();

  @TempDir Path folder;

  private static List<String> artifacts(String libraries) throws IOException {
    Matcher list =
        Pattern.compile("<" + libraries + ".artifacts>([^<]+)</" + libraries + ".artifacts>")
            .matcher(Files.readString(Path.of("pom.xml")));
    assertTrue(list.find());
    return List.of(list.group(1).split(",", -1));
  }

  /** This test's class path without test libraries and the engines. */
  private static List<String> classPath(String... libraries) throws IOException {
    List<String> artifacts = new ArrayList<>();
    for (String each : libraries) {
      artifacts.addAll(artifacts(each));
    }
    List<String> entries = new ArrayList<>(List.of(CLASSES));
    for (String artifact : artifacts) {
      Pattern jar = Pattern.compile(".*/" + Pattern.quote(artifact) + "-\\d[^/]*\\.jar");
      List<String> found =
          Pattern.compile(File.pathSeparator, Pattern.LITERAL)
              .splitAsStream(System.getProperty("java.class.path"))
              .filter(entry -> jar.matcher(entry).matches())
              .toList();
      assertEquals(1, found.size(), "jars of " + artifact);
      entries.addAll(found);
    }
    return entries;
  }

  @Test
  void aRunNeedsNeitherFlinkNorGoogleCloud() throws Exception {
    String classPath = String.join(File.pathSeparator, classPath("core"));
    assertFalse(classPath.matches("(?s).*(flink|google-cloud|dataflow).*"), classPath);
    String output = folder.resolve("users.csv").toString();
    main(classPath, "simulate", "--users=200", "--output=" + output);
    main(classPath, "segment", "--input=" + output, "--output=" + folder.resolve("out"));
    assertTrue(Files.exists(folder.resolve("out/model.json")));
  }

  @Test
  void tablesNeedNoHadoop() throws Exception {
    String classPath = String.join(File.pathSeparator, classPath("core", "table"));
    assertFalse(classPath.contains("hadoop-client"), classPath);
    String spec = Files.readString(Path.of("pipelines/image-platform-users.yaml"));
    String input = "data/customer_segmentation_data.csv";
    for (String format : List.of("avro", "parquet")) {
      Path written = folder.resolve(format + ".yaml");
      Files.writeString(written, spec + "\noutput: {format: " + format + "}\n");
      Path output = folder.resolve("to-" + format);
      main(classPath, "segment", "--spec=" + written, "--input=" + input, "--output=" + output);
      Path read = folder.resolve("from-" + format + ".yaml");
      Files.writeString(read, "name: back\ninput: {id: user_id}\nfeatures: [{name: distance}]\n");
      main(
          classPath,
          "segment",
          "--spec=" + read,
          "--input=" + output + "/assignments-*",
          "--output=" + folder.resolve("back-" + format));
      assertTrue(Files.exists(folder.resolve("back-" + format + "/model.json")));
    }
  }

  private static void main(String classPath, String command, String... flags) throws Exception {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(List.of("-cp", classPath, "personas.app.Main", command, "--quiet"));
    line.add("--runner=DirectRunner");
    line.addAll(List.of(flags));
    Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
    String text = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertEquals(0, process.waitFor(), text);
    assertEquals("", text);
  }
}
