package personas.spec.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import personas.connector.Connectors;
import personas.connector.files.FileSource;
import personas.feature.ColumnFeature;
import personas.feature.Feature;
import personas.feature.MissingPolicy;
import personas.feature.Transform;
import personas.feature.Winsorizing;
import personas.kmeans.seeding.Effort;
import personas.persona.Level;
import personas.persona.PersonaProfile;
import personas.spec.ClusterCount;
import personas.spec.ClusteringSpec;
import personas.spec.NumberRange;
import personas.spec.SegmentationSpec;
import personas.spec.SpecException;
import personas.spec.SpecOverrides;
import personas.table.InputFormat;
import personas.table.TableFormat;

/** Checks valid specs, and that the message of every mistake has file, path, value and range. */
class SpecReaderTest {
  private static final Path GOOD = Path.of("pipelines/image-platform-users.yaml");

  private static SegmentationSpec read(String yaml) throws SpecException, IOException {
    return Connectors.readSpec(
        "x.yaml", new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)));
  }

  /** Each file of mistakes: YAML, a line of dashes, and the messages. */
  static Stream<Path> mistakes() throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(Path.of("src/test/resources/specs/bad"))) {
      files = all.sorted().toList();
    }
    assertTrue(files.size() >= 50, "files: " + files.size());
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
    assertEquals(ClusterCount.fixed(3), spec.clustering().k());
    assertEquals("user_id", spec.input().id());
    assertEquals(
        List.of("E-commerce Business Owners", "Developers (API-Centric)", "Marketing Agencies"),
        spec.personas().stream().map(persona -> persona.name()).toList());
    assertEquals(
        List.of(
            Map.of(
                "images_generated_monthly", Level.HIGH,
                "templates_used_monthly", Level.HIGH,
                "api_calls_monthly", Level.LOW),
            Map.of(
                "api_calls_monthly", Level.VERY_HIGH,
                "login_frequency_weekly", Level.LOW,
                "templates_used_monthly", Level.LOW),
            Map.of(
                "custom_generation_minutes_monthly", Level.MODERATE,
                "login_frequency_weekly", Level.MODERATE)),
        spec.personas().stream().map(PersonaProfile::levels).toList());
    assertEquals(
        List.of(
            "Bulk image generation, product photography templates, platform integrations (e.g."
                + " Shopify)",
            "API documentation, SDKs, developer support; promote new API features and stability",
            "Team collaboration features, client management tools, diverse creative campaign"
                + " templates"),
        spec.personas().stream().map(PersonaProfile::strategy).toList());
    assertEquals(
        Stream.of(
                "images_generated_monthly",
                "api_calls_monthly",
                "login_frequency_weekly",
                "templates_used_monthly",
                "custom_generation_minutes_monthly")
            .map(
                name ->
                    new ColumnFeature(
                            name, Transform.AUTO, MissingPolicy.REJECT, 0, Double.MAX_VALUE)
                        .with(Winsorizing.AUTO))
            .toList(),
        spec.features());
  }

  /** As it stands, and with its other lines in place of those that name PostgreSQL. */
  @Test
  void theExampleOfTablesIsReadBothWays() throws Exception {
    String yaml = Files.readString(Path.of("pipelines/users-from-tables.yaml"));
    SegmentationSpec jdbc = read(yaml);
    SegmentationSpec files = read(Files.readString(GOOD));
    String table = jdbc.output().targets().toString();
    assertTrue(table.startsWith("[JdbcTable") && table.endsWith("table=personas]]"), table);
    assertEquals("jdbc:postgresql://localhost/users", jdbc.input().source().name());
    assertEquals(
        files.features().stream().map(Feature::name).toList(),
        jdbc.features().stream().map(Feature::name).toList());
    assertEquals(
        files.personas().stream().map(PersonaProfile::levels).toList(),
        jdbc.personas().stream().map(PersonaProfile::levels).toList());
    SegmentationSpec bigquery =
        read(
            yaml.replaceAll("(?m)^  jdbc:.*\n(    .*\n)+", "")
                .replaceAll("(?m)^  # (bigquery: )", "  $1"));
    assertEquals("bigquery://my-project.analytics.monthly_usage", bigquery.input().source().name());
    assertEquals(
        "[BigQueryTable[project=my-project, dataset=analytics, table=personas]]",
        bigquery.output().targets().toString());
    assertEquals(TableFormat.AVRO, bigquery.output().format());
    assertEquals(jdbc.digest(), bigquery.digest());
  }

  @Test
  void defaultsAreFilledIn() throws Exception {
    SegmentationSpec spec = read("name: a\ninput: {id: none}\nfeatures: [{name: f}]\n");
    assertEquals(null, spec.input().id());
    assertEquals(
        new ClusteringSpec(ClusterCount.fixed(3), 42, 1e-4, 100, 16, Effort.DEFAULT, 0.01, false),
        spec.clustering());
    assertEquals(InputFormat.JSONL, InputFormat.ofName("x/users.JSONL.gz"));
    assertEquals(InputFormat.CSV, InputFormat.ofName("x/users.csv"));
    assertEquals(List.of(), spec.personas());
  }

  @Test
  void winsorizeIsAQuantileOrAWord() throws Exception {
    SegmentationSpec spec =
        read(
            "name: a\ninput: {id: none}\nfeatures: [{name: f}, {name: g, winsorize: auto},"
                + " {name: h, winsorize: none}, {name: i, winsorize: 0.95},"
                + " {name: j, winsorize: 1}]\n");
    assertEquals(
        List.of("auto", "auto", "none", 0.95, "none"),
        spec.features().stream().map(feature -> feature.winsorize().specValue()).toList());
    assertEquals(Transform.AUTO, spec.features().get(0).transform());
  }

  /** Returns the flags: the input, then the numbers from k on; null is a flag that is not set. */
  private static SpecOverrides flags(String input, String... numbers) {
    Map<NumberRange, String> texts = new EnumMap<>(NumberRange.class);
    Iterator<NumberRange> ranges = List.of(NumberRange.values()).iterator();
    for (String number : numbers) {
      NumberRange range = ranges.next();
      if (number != null) {
        texts.put(range, number);
      }
    }
    return new SpecOverrides(input == null ? null : new FileSource(input), texts);
  }

  @Test
  void flagsOverrideAndAreCheckedAlike() throws Exception {
    SegmentationSpec spec = read(Files.readString(GOOD));
    SegmentationSpec other =
        spec.withOverrides(flags("in.csv", "5", "-7", "0", "9", "2", null, null));
    assertEquals(
        new ClusteringSpec(ClusterCount.fixed(5), -7, 0, 9, 2, Effort.DEFAULT, 0.01, false),
        other.clustering());
    assertEquals("in.csv", other.input().source().name());
    String message =
        assertThrows(
                SpecException.class,
                () -> spec.withOverrides(flags(null, "1", "1.5", "NaN", "0", "many", null, null)))
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
  void aFlagIsRefusedWithItsRange() throws Exception {
    SegmentationSpec spec = read(Files.readString(GOOD));
    Map<SpecOverrides, String> refused =
        Map.of(
            flags(null, "0", null, null, null, null, null, null),
            "--k: 0 is not in 2..256",
            flags(null, "3.5", null, null, null, null, null, null),
            "--k: 3.5 is not a whole number in 2..256",
            flags(null, null, "9223372036854775808", null, null, null, null, null),
            "--seed: 9223372036854775808 is not a whole number of 64 bits",
            flags(null, null, null, "99999999999999999999", null, null, null, null),
            "--tolerance: 99999999999999999999 is not in 0.0..1000.0",
            flags(" ", null, null, null, null, null, null, null),
            "--input: is blank",
            flags(null, null, null, "1d", null, null, null, null),
            "--tolerance: 1d is not a number",
            flags(null, null, null, "0x1p3", null, null, null, null),
            "--tolerance: 0x1p3 is not a number",
            flags(null, null, null, null, "", null, null, null),
            "--maxIterations:  is not a number");
    refused.forEach(
        (flags, message) ->
            assertEquals(
                message,
                assertThrows(SpecException.class, () -> spec.withOverrides(flags)).getMessage()));
    assertEquals(spec, spec.withOverrides(flags(null, null, null, null, null, null, null, null)));
    SpecOverrides least = flags(null, "2", Long.MIN_VALUE + "", "0", "1", "1", "0", "0");
    assertEquals(
        new ClusteringSpec(
            ClusterCount.fixed(2), Long.MIN_VALUE, 0, 1, 1, Effort.DEFAULT, 0, false),
        spec.withOverrides(least).clustering());
    SpecOverrides minusZero = flags(null, null, null, "-0.0", null, null, null, null);
    SpecOverrides zero = flags(null, null, null, "0", null, null, null, null);
    assertEquals(
        spec.withOverrides(zero).digest(), spec.withOverrides(minusZero).digest(), "-0 is 0");
    SpecOverrides most =
        flags(null, "256", Long.MAX_VALUE + "", "1e3", "10000", "1000", "0.5", "1");
    assertEquals(
        new ClusteringSpec(
            ClusterCount.fixed(256),
            Long.MAX_VALUE,
            1000,
            10_000,
            1000,
            Effort.DEFAULT,
            0.5,
            false),
        spec.withOverrides(most).clustering());
  }

  @Test
  void refusesInvalidUtf8AndLargeSpecs() {
    byte[] latin = "name: caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1);
    assertEquals("x.yaml: is not UTF-8", refused(latin));
    assertEquals(
        "x.yaml: is larger than 1 MiB, the largest size of a spec",
        refused(new byte[(1 << 20) + 1]));
    assertEquals(
        "x.yaml: is not valid YAML: nested too deeply",
        refused("[".repeat(100_000).getBytes(StandardCharsets.UTF_8)));
  }

  private static String refused(byte[] yaml) {
    return assertThrows(
            SpecException.class,
            () -> Connectors.readSpec("x.yaml", new ByteArrayInputStream(yaml)))
        .getMessage();
  }

  @Test
  @Timeout(20)
  void sizeIsLimitedBeforeItCosts() throws Exception {
    String head = "name: a\ninput: {id: u}\nfeatures: [{name: f}]\n";
    assertEquals(
        "x.yaml: is not valid YAML: nested too deeply",
        refused("[".repeat(1 << 20).getBytes(StandardCharsets.UTF_8)));
    String persona = "- {name: P%d, profile: {f: high}}\n";
    String most =
        IntStream.range(0, 256).mapToObj(persona::formatted).collect(Collectors.joining());
    assertEquals(ClusterCount.fixed(256), read(head + "personas:\n" + most).clustering().k());
    assertEquals(
        "x.yaml: personas: 257 personas are not in 0..256",
        assertThrows(
                SpecException.class,
                () -> read(head + "personas:\n" + most + persona.formatted(256)))
            .getMessage());
    // Each list holds the one before twice: 500 times 400,000 characters, were they ever written.
    StringBuilder doubling = new StringBuilder(head + "b0: &b0 [" + "x".repeat(400_000) + "]\n");
    for (int i = 1; i <= 9; i++) {
      doubling.append("b%d: &b%d [*b%d, *b%d]%n".formatted(i, i, i - 1, i - 1));
    }
    String message =
        assertThrows(SpecException.class, () -> read(doubling + "description: *b9\n")).getMessage();
    assertTrue(message.length() < 5000, "characters: " + message.length());
    assertTrue(message.contains("x.yaml: description: a list is not text"), message);
  }

  @Test
  @Timeout(20)
  void messagesAreBoundedAndPlain() {
    assertEquals(
        "x.yaml: is not valid YAML: while scanning an alias in x.yaml, line 1, column 1: * ^ unexpected"
            + " character found ?(0) in x.yaml, line 1, column 2: * ^",
        refused("*".getBytes(StandardCharsets.UTF_8)));
    String longName = "y".repeat(300_000);
    String twice =
        assertThrows(
                SpecException.class,
                () ->
                    read(
                        "name: a\ninput: {id: %s, passThrough: [%s]}\n"
                            .formatted(longName, longName)))
            .getMessage();
    assertTrue(twice.lines().allMatch(line -> line.length() < 1100), "bounded");
    // One long name a hundred thousand times.
    String aliases =
        "name: a\ninput: {id: u, passThrough: [&a " + longName + ", *a".repeat(100_000);
    String same = assertThrows(SpecException.class, () -> read(aliases + "]}\n")).getMessage();
    assertTrue(same.endsWith(" more mistakes") && same.length() < 50_000, "" + same.length());
    // The largest spec of mistakes, each of which has a thousand names to be near to.
    String features =
        IntStream.range(0, 1000)
            .mapToObj(i -> "- {name: " + "f".repeat(150) + i + "}\n")
            .collect(Collectors.joining());
    String profile =
        IntStream.range(0, 4500)
            .mapToObj(i -> "    " + "g".repeat(170) + i + ": high\n")
            .collect(Collectors.joining());
    String many =
        assertThrows(
                SpecException.class,
                () ->
                    read(
                        "name: a\ninput: {id: u}\nfeatures:\n"
                            + features
                            + "personas:\n- name: P\n  profile:\n"
                            + profile))
            .getMessage();
    assertEquals(101, many.lines().count());
    assertTrue(many.endsWith("\n... and 4400 more mistakes"), many.substring(many.length() - 60));
  }

  @Test
  void aPathMayBeLongerThanAName() throws Exception {
    String path = "gs://bucket/" + "x".repeat(300) + "/*.csv";
    String yaml = "name: a\ninput: {id: u, path: '" + path + "'}\nfeatures: [{name: f}]\n";
    assertEquals(path, read(yaml).input().source().name());
    assertThrows(SpecException.class, () -> read(yaml.replace("name: a", "name: " + path)));
  }

  @Test
  void lineEndsAndAByteOrderMarkDoNotMatter() throws Exception {
    String yaml = Files.readString(GOOD);
    SegmentationSpec spec = read(yaml);
    assertEquals(spec, read(yaml.replace("\n", "\r\n")));
    assertEquals(spec, read("\ufeff" + yaml));
  }

  @Test
  void theDigestDoesNotFollowTheLayout() throws Exception {
    String digest =
        read("""
                name: a
                input: {id: u, path: p}
                features: [{name: f}, {name: g}]
                personas: [{name: P, profile: {f: high, g: low}}]
                """)
            .digest();
    assertEquals(64, digest.length());
    String other =
        """
        # A comment.
        personas:
          - profile:
              g: low
              f: "high"
            name: 'P'
        features:
        - {name: f}
        - name: g
          missing: reject
        clustering: {seed: 42, tolerance: 0.0001}
        input:
          id: u
        name: a
        """;
    assertEquals(digest, read(other).digest());
  }

  @Test
  void theDigestFollowsTheMeaning() throws Exception {
    String head = "name: a\ninput: {id: u}\n";
    String features = "features: [{name: f}, {name: g}]\n";
    String yaml = head + features;
    List<String> different =
        List.of(
            yaml,
            yaml.replace("name: a", "name: b"),
            yaml + "description: b\n",
            yaml.replace("name: a", "name: 'a, description=b'"),
            yaml.replace("name: a", "name: a\ndescription: 'b, description='"),
            yaml.replace("id: u", "id: v"),
            yaml.replace("id: u", "id: none"),
            yaml.replace("id: u", "id: 'null'"),
            yaml.replace("id: u", "id: u, format: csv"),
            yaml.replace("id: u", "id: u, passThrough: [p, q]"),
            yaml.replace("id: u", "id: u, passThrough: [q, p]"),
            yaml.replace("id: u", "id: u, passThrough: ['p, q']"),
            head + "features: [{name: g}, {name: f}]\n",
            head + "features: [{name: f}]\n",
            yaml.replace("name: f", "name: f, transform: log1p"),
            yaml.replace("name: f", "name: f, missing: zero"),
            yaml.replace("name: f", "name: f, min: 0"),
            yaml.replace("name: f", "name: f, max: 0"),
            yaml + "clustering: {k: 4}\n",
            yaml + "clustering: {seed: 1}\n",
            yaml + "clustering: {tolerance: 0}\n",
            yaml + "clustering: {maxIterations: 5}\n",
            yaml + "clustering: {restarts: 5}\n",
            yaml + "personas: [{name: P, profile: {f: high}}]\n",
            yaml + "personas: [{name: P, profile: {f: low}}]\n",
            yaml + "personas: [{name: P, profile: {g: high}}]\n",
            yaml + "personas: [{name: P, profile: {f: high}, strategy: s}]\n",
            yaml + "personas: [{name: Q, profile: {f: high}}]\n");
    Map<String, String> seen = new HashMap<>();
    for (String each : different) {
      assertEquals(null, seen.put(read(each).digest(), each), each);
    }
  }

  @Test
  void randomDamageIsReadOrRefusedButNeverFails() throws IOException {
    String good = Files.readString(GOOD);
    String alphabet = " :-[]{}#&*!|>'\"%@`,\n\tab10.~ä\u0000";
    List<String> pieces =
        List.of("&a ", "*a", "- ", "? ", "[", "{", "!!int ", "~", ".nan", "\n---\n", "<<: ", ": ");
    int refused = 0;
    for (long seed = 0; seed < 2000; seed++) {
      Random random = new Random(seed);
      StringBuilder text = new StringBuilder(good);
      for (int i = 0; i <= random.nextInt(4); i++) {
        int at = random.nextInt(text.length() - 30);
        int kind = random.nextInt(4);
        if (kind == 0) {
          text.insert(at, pieces.get(random.nextInt(pieces.size())));
        } else if (kind == 1) {
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
