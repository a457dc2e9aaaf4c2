package personas.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import personas.data.InputFormat;
import personas.persona.Level;

/** Specs: what is read, and that every mistake is refused with file, path, value and range. */
class SpecReaderTest {
  private static final Path GOOD = Path.of("pipelines/image-platform-users.yaml");

  private static SegmentationSpec read(String yaml) throws SpecException, IOException {
    return SpecReader.read(
        "x.yaml", new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)));
  }

  /** Each file of mistakes: YAML, a line of dashes, and the messages. */
  static Stream<Path> mistakes() throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(Path.of("src/test/resources/specs/bad"))) {
      files = all.sorted().toList();
    }
    assertTrue(files.size() >= 20, "files: " + files.size());
    return files.stream();
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void everyMistakeIsRefused(Path file) throws IOException {
    String[] parts = Files.readString(file).split("-----\n", -1);
    String message = assertThrows(SpecException.class, () -> read(parts[0])).getMessage();
    assertEquals(parts[1].strip(), message);
  }

  @Test
  void theImagePlatformIsAsItsTableSays() throws Exception {
    SegmentationSpec spec = read(Files.readString(GOOD));
    assertEquals(3, spec.clustering().k());
    assertEquals("user_id", spec.input().id());
    assertEquals(
        List.of("E-commerce Business Owners", "Developers (API-Centric)", "Marketing Agencies"),
        spec.personas().stream().map(persona -> persona.name()).toList());
    assertEquals(
        Map.of(
            "api_calls_monthly", Level.VERY_HIGH,
            "login_frequency_weekly", Level.LOW,
            "templates_used_monthly", Level.LOW),
        spec.personas().get(1).levels());
    assertEquals(5, spec.features().size());
  }

  @Test
  void defaultsAreFilledIn() throws Exception {
    SegmentationSpec spec = read("name: a\ninput: {id: none}\nfeatures: [{name: f}]\n");
    assertEquals(null, spec.input().id());
    assertEquals(new ClusteringSpec(3, 42, 1e-4, 100, 16), spec.clustering());
    assertEquals(InputFormat.JSONL, spec.input().formatOf("x/users.JSONL.gz"));
    assertEquals(InputFormat.CSV, spec.input().formatOf("x/users.csv"));
    assertEquals(List.of(), spec.personas());
  }

  @Test
  void flagsOverrideAndAreCheckedAlike() throws Exception {
    SegmentationSpec spec = read(Files.readString(GOOD));
    SegmentationSpec other = spec.withOverrides(new Overrides("in.csv", "5", "-7", "0", "9", "2"));
    assertEquals(new ClusteringSpec(5, -7, 0, 9, 2), other.clustering());
    assertEquals("in.csv", other.input().path());
    String message =
        assertThrows(
                SpecException.class,
                () -> spec.withOverrides(new Overrides(null, "1", "1.5", "NaN", "0", "many")))
            .getMessage();
    assertEquals(
        """
        --k: 1 is not in 2..256
        --seed: 1.5 is not a whole number of 64 bits
        --tolerance: NaN is not in 0.0..1000.0
        --maxIterations: 0 is not in 1..10000
        --restarts: many is not a number""",
        message);
  }

  @Test
  void theDigestFollowsTheMeaning() throws Exception {
    String yaml = "name: a\ninput: {id: u, path: p}\nfeatures: [{name: f}, {name: g}]\n";
    String digest = read(yaml).digest();
    assertEquals(64, digest.length());
    assertEquals(
        digest,
        read("features:\n- {name: f}\n- name: g\n  missing: reject\ninput:\n  id: u\nname: a # x\n")
            .digest());
    assertNotEquals(digest, read(yaml.replace("name: f", "name: h")).digest());
    assertNotEquals(digest, read(yaml + "clustering: {seed: 1}\n").digest());
    assertNotEquals(digest, read(yaml + "personas: [{name: P, profile: {f: high}}]\n").digest());
  }

  @Test
  void randomDamageIsReadOrRefusedButNeverFails() throws IOException {
    String good = Files.readString(GOOD);
    String alphabet = " :-[]{}#&*!|>'\"%@`,\n\tab10.~ä\u0000";
    int refused = 0;
    for (long seed = 0; seed < 2000; seed++) {
      Random random = new Random(seed);
      StringBuilder text = new StringBuilder(good);
      for (int i = 0; i <= random.nextInt(4); i++) {
        int at = random.nextInt(text.length() - 30);
        if (random.nextBoolean()) {
          text.setCharAt(at, alphabet.charAt(random.nextInt(alphabet.length())));
        } else {
          text.delete(at, at + random.nextInt(30));
        }
      }
      try {
        read(text.toString());
      } catch (SpecException e) {
        refused++;
        assertTrue(e.getMessage().startsWith("x.yaml: "), "seed " + seed + ": " + e.getMessage());
      } catch (RuntimeException | Error e) {
        throw new AssertionError("seed " + seed, e);
      }
    }
    assertTrue(refused > 200, "refused: " + refused);
  }
}
