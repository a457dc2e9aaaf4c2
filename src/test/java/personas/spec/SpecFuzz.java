package personas.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import personas.connector.Connectors;

/**
 * Reads any bytes as a spec. The reader accepts them, or refuses them with messages that name the
 * file; see {@code src/test/README.md}.
 */
class SpecFuzz {
  static Stream<byte[]> corpus() throws IOException {
    List<byte[]> specs = new ArrayList<>();
    for (String folder : new String[] {"pipelines", "src/test/resources/specs/bad"}) {
      try (Stream<Path> files = Files.list(Path.of(folder))) {
        for (Path file : files.sorted().toList()) {
          String yaml = Files.readString(file).split("-----\n", -1)[0];
          specs.add(yaml.getBytes(StandardCharsets.UTF_8));
        }
      }
    }
    return specs.stream();
  }

  @MethodSource("corpus")
  @FuzzTest(maxDuration = "10m")
  void anyBytes(byte[] yaml) throws IOException, SpecException {
    if (yaml == null) {
      return;
    }
    SegmentationSpec spec;
    try {
      spec = Connectors.readSpec("x.yaml", new ByteArrayInputStream(yaml));
    } catch (SpecException e) {
      for (String line : e.getMessage().split("\n", -1)) {
        assertTrue(line.startsWith("x.yaml: ") || line.startsWith("... and "), line);
        assertTrue(line.length() < 2000, line);
      }
      String shown = e.getMessage().replace("\n", "");
      assertTrue(!shown.matches("(?s).*[\\p{Cc}\\p{Cf}\u2028\u2029].*"), shown);
      return;
    }
    assertEquals(64, spec.digest().length());
    ClusterCount k = spec.clustering().k();
    assertTrue(k.min() >= 2 && k.max() <= 256 && k.candidates().size() <= 32, spec.toString());
    assertTrue(!spec.features().isEmpty() && !spec.name().isBlank(), spec.toString());
    assertEquals(spec, Connectors.readSpec("x.yaml", new ByteArrayInputStream(yaml)));
  }
}
