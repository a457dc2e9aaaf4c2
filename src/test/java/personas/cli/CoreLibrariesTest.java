package personas.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.beam.sdk.options.PipelineOptionsRegistrar;
import org.junit.jupiter.api.Test;

/** Checks that the pom separates exactly the libraries that register options of Google Cloud. */
class CoreLibrariesTest {
  private static final Pattern JAR = Pattern.compile(".*/([^/]+?)-\\d[^/]*\\.jar!.*");

  @Test
  void thePomNamesEveryLibraryThatRegistersOptionsOfGoogleCloud() throws IOException {
    Set<String> registering = new TreeSet<>();
    for (URL url :
        Collections.list(
            getClass()
                .getClassLoader()
                .getResources("META-INF/services/" + PipelineOptionsRegistrar.class.getName()))) {
      Matcher jar = JAR.matcher(url.toString());
      assertTrue(jar.matches(), url.toString());
      registering.add(jar.group(1));
    }
    assertTrue(
        registering.removeAll(
            Set.of(
                "beam-sdks-java-core",
                "beam-runners-direct-java",
                "beam-runners-flink",
                "beam-runners-portability-java")),
        registering.toString());
    assertEquals(new TreeSet<>(keptApart()), registering);
  }

  private static List<String> keptApart() throws IOException {
    Matcher list =
        Pattern.compile("<google-cloud.artifacts>([^<]+)</google-cloud.artifacts>")
            .matcher(Files.readString(Path.of("pom.xml")));
    assertTrue(list.find());
    return List.of(list.group(1).split(",", -1));
  }
}
