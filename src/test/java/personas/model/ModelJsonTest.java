package personas.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import personas.confidence.Interval;
import personas.feature.UserSchema;
import personas.kmeans.ConvergenceStatus;
import personas.kmeans.IterationRecord;
import personas.kmeans.metric.ClusterMetrics;
import personas.kmeans.metric.Metric;
import personas.kmeans.selection.PartitionKind;
import personas.kmeans.selection.ResampledFlow;
import personas.kmeans.selection.SegmentTree;
import personas.kmeans.selection.SelectionMetrics;
import personas.model.Model.ClusterModel;
import personas.model.Model.Ledger;
import personas.model.compare.Drift;
import personas.model.compare.DriftAdvice;
import personas.model.score.ScoringModel;
import personas.model.table.ModelTables;

class ModelJsonTest {
  /** Written by the first version of the format; it loads for ever. */
  private static final Path SAMPLE = Path.of("src/test/resources/golden/sample-model.json");

  /** Of the first feature, in what the model hands over. */
  private static final String COUNTED = "\"missing\":0\n";

  private static final Path FIRST = Path.of("src/test/resources/models/format-1.json");

  private static final Path CENTROIDS = Path.of("src/test/resources/models/centroids.csv");

  private static Model read(byte[] json) throws IOException {
    return ModelJson.read("model.json", new ByteArrayInputStream(json));
  }

  private static byte[] write(Model model) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ModelJson.write(model, out);
    return out.toByteArray();
  }

  @Test
  void aModelOfTheFirstFormatLoads() throws IOException {
    Model model = read(Files.readAllBytes(FIRST));
    assertEquals(1, model.format());
    assertEquals(ConvergenceStatus.CONVERGED, model.status());
    assertEquals(3, model.clusters().size());
    assertEquals("Developers (API-Centric)", model.clusters().get(1).persona());
    assertEquals(161.4823746085167, model.inertia());
    assertEquals(-0.532142583713975, model.clusters().get(0).centroid().get(1));
    assertEquals(100, model.ledger().assigned());
  }

  /** Written by the first version that continues runs and scores; it loads for ever. */
  @Test
  void aModelThatHandsOverLoads() throws IOException {
    Model model =
        read(Files.readAllBytes(Path.of("src/test/resources/models/format-1-handover.json")));
    assertEquals("user_id", model.training().id());
    assertEquals(List.of("expected_persona"), model.training().passThrough());
    assertEquals(3, model.training().nextId());
    assertEquals(5, ScoringModel.features(model).size());
    assertEquals(0, ScoringModel.features(model).get(0).min());
    assertEquals(Double.MAX_VALUE, ScoringModel.features(model).get(0).max());
    Drift same = Drift.between(model, model, null);
    assertEquals(DriftAdvice.Action.KEEP, same.advice(), same.reason());
    assertEquals(0.0, same.features().get(0).psi());
    Drift fromFirst = Drift.between(read(Files.readAllBytes(FIRST)), model, null);
    assertEquals(DriftAdvice.Action.KEEP, fromFirst.advice(), fromFirst.reason());
    assertNull(fromFirst.features().get(0).psi());
  }

  @Test
  void writingWhatWasReadGivesTheSameBytes() throws IOException {
    byte[] bytes = write(read(Files.readAllBytes(FIRST)));
    assertArrayEquals(bytes, write(read(bytes)));
  }

  @Test
  void everyDoubleComesBackBitForBit() throws IOException {
    Model first = read(Files.readAllBytes(FIRST));
    List<Double> odd =
        new ArrayList<>(List.of(0.0, -0.0, Double.MIN_VALUE, Double.MAX_VALUE, 0x1p-24, 0x1p53));
    for (String awkward :
        List.of("0.1", "1e22", "1e23", "2e-3", "8.41e21", "2.2250738585072014e-308")) {
      odd.add(Double.valueOf(awkward));
    }
    Random random = new Random(5);
    while (odd.size() < 2000) {
      double any = Double.longBitsToDouble(random.nextLong());
      if (Double.isFinite(any)) {
        odd.add(any);
      }
    }
    ClusterModel cluster =
        new ClusterModel(
            0, "ä \"quoted\"\n", false, "", 0.1, "σ", 1, 1 / 3.0, odd, odd, null, null);
    Model model =
        new Model(
            1,
            first.program(),
            first.spec(),
            ConvergenceStatus.MAX_ITERATIONS,
            "x",
            3,
            Math.nextUp(0x1p900),
            Long.MIN_VALUE,
            2,
            new Ledger(5, 3, Map.of("bad_number", 2L), Map.of(), null, null, null),
            Collections.nCopies(odd.size(), first.features().get(0)),
            List.of(cluster),
            Map.of("P", "why"),
            List.of(new IterationRecord(1, 0.3, Double.MIN_VALUE, 7L, 1, List.of(Long.MAX_VALUE))),
            List.of("a warning"),
            new ClusterMetrics(2, odd(ClusterMetrics.ALL, List.of(0.1, -0.25, Math.PI, 1 / 3.0))),
            new KSelection(
                "2..3",
                2,
                false,
                PartitionKind.USEFUL_SLICES,
                "no clear structure",
                7,
                List.of(0.1, 1.0),
                List.of(new Interval(0, 0.3), new Interval(1, 1)),
                new ResampledFlow(
                    List.of(3),
                    List.of(1 / 3.0),
                    List.of(0.0),
                    List.of(2.5),
                    List.of(List.of(0.0))),
                List.of(
                    new KSelection.Row(
                        2,
                        odd(
                            SelectionMetrics.ALL,
                            List.of(0.3, -0.0, 1e300, 0.25, 0.1, 2.5, 1 / 3.0, Math.nextDown(1.0))),
                        PartitionKind.SEPARATE_GROUPS,
                        new KeptCandidate(
                            "fresh",
                            ConvergenceStatus.MAX_ITERATIONS,
                            List.of(1 / 3.0, 0.5),
                            null,
                            null,
                            List.of(
                                new IterationRecord(1, 1e-300, 1 / 7.0, null, 0, List.of(4L, 3L))),
                            List.of(List.of(1 / 3.0), List.of(-0.0))))),
                new SegmentTree(
                    7,
                    true,
                    List.of(
                        new SegmentTree.Level(2, List.of(4, 1), List.of(3, 4), null, null),
                        new SegmentTree.Level(
                            1, null, List.of(7), List.of(0.1), List.of(List.of(3), List.of(4))))),
                new KSelection.RunChoice(3, "a reason", "00ff")),
            new StickinessPrice(
                1 / 3.0,
                StickinessPrice.BY_HISTORY,
                new StickinessPrice.History(5, Long.MAX_VALUE, 7, 3, 0.02),
                4,
                List.of(1L),
                1.5,
                Math.nextUp(1)),
            new Outliers(0.995, List.of(1 / 3.0), List.of(Long.MAX_VALUE)),
            null,
            new Receipt(3, "00ff", "ab", "a program", null));
    byte[] bytes = write(model);
    assertEquals(model, read(bytes));
    assertArrayEquals(bytes, write(read(bytes)));
  }

  @Test
  void keysOfALaterMinorVersionAreIgnored() throws IOException {
    String text = Files.readString(FIRST);
    String more = text.replaceFirst("\\{", "{\"later\":{\"x\":[1]},");
    assertEquals(read(utf8(text)), read(utf8(more)));
  }

  /** A set of a file has the order of its hashes, which differ from process to process. */
  @Test
  void theOrderOfDecorationsDoesNotFollowTheFile() throws IOException {
    String text = Files.readString(SAMPLE);
    byte[] one = write(read(utf8(text.replaceFirst(COUNTED, decorated("currency", "percent")))));
    byte[] other = write(read(utf8(text.replaceFirst(COUNTED, decorated("percent", "currency")))));
    assertArrayEquals(one, other);
    assertTrue(new String(one, StandardCharsets.UTF_8).contains("percent"));
  }

  private static String decorated(String... formats) {
    return "\"missing\":0,\"format\":[\"" + String.join("\",\"", formats) + "\"]\n";
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void aLaterFormatAndOtherFilesAreRefused() throws IOException {
    String text = Files.readString(FIRST).replace("\"format\":1", "\"format\":2");
    assertEquals(
        "model.json: format: 2 is not supported; this version reads formats up to 1",
        assertThrows(IOException.class, () -> read(text.getBytes(StandardCharsets.UTF_8)))
            .getMessage());
    String whole = Files.readString(FIRST);
    for (String other :
        List.of("", "[1]", "null", "{}", "7", "no JSON", whole.substring(0, 3000), whole + "}")) {
      IOException refused = assertThrows(IOException.class, () -> read(utf8(other)), other);
      assertTrue(refused.getMessage().startsWith("model.json: "), refused.getMessage());
    }
    String shorter = whole.replace("\"centroid\":[ -0.4701165623135037, ", "\"centroid\":[ ");
    assertEquals(
        "model.json: is not a model: clusters[2]: has 4 coordinates and 5 means, but there are 5"
            + " features",
        assertThrows(IOException.class, () -> read(utf8(shorter))).getMessage());
    String later = "{\"format\":2}";
    assertEquals(
        "model.json: format: 2 is not supported; this version reads formats up to 1",
        assertThrows(IOException.class, () -> read(utf8(later))).getMessage());
    // Every part is needed.
    for (String key : List.of("spec", "status", "features", "clusters", "history", "ledger")) {
      String without = whole.replaceFirst("\n  \"" + key + "\":", "\n  \"x" + key + "\":");
      assertEquals(
          "model.json: is not a model: " + key + " is missing",
          assertThrows(IOException.class, () -> read(utf8(without)), key).getMessage());
    }
  }

  /** What a key holds in place of its number, and what the message says it may hold. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"mean\":281.17 | \"mean\":NaN | features[0].mean: \"NaN\" is not a finite number",
        "\"mean\":281.17 | \"mean\":\"NaN\" | features[0].mean: \"NaN\" is not a finite number",
        "\"mean\":281.17 | \"mean\":null | features[0].mean: null is not a finite number",
        "\"mean\":281.17, |  | features[0].mean: missing; must be a finite number",
        "\"mean\":7.2 | \"mean\":-Infinity | features[2].mean: \"-Infinity\" is not a finite number",
        "\"mean\":7.2 | \"mean\":1e999 | features[2].mean: \"Infinity\" is not a finite number",
        "\"deviation\":3.4 | \"deviation\":-3.4 | features[2].deviation: -3.4",
        "\"deviation\":3.4 | \"deviation\":[],\"x\":3.4 | features[2].deviation: [] is not",
        "\"imputedValue\":7.2 | \"imputedValue\":true | features[2].imputedValue: true is not",
        "\"imputedValue\":7.2 | \"imputedValue\":7.2,\"scale\":0 | features[2].scale: 0 is not",
        "\"imputedValue\":7.2 | \"imputedValue\":7.2,\"scale\":true | features[2].scale: true is not",
        "\"centroid\":[ | \"centroid\":[ null, | clusters[0].centroid[0]: null is not a finite",
        "\"rawMean\":[ | \"rawMean\":[ 1e400, | clusters[0].rawMean[0]: \"Infinity\" is not",
        "\"nextId\":3 | \"nextId\":-1e999 | handover.nextId: \"-Infinity\" is not a finite",
        "\"features\":[ { | \"features\":[ null, { | features[0]: null is not an object",
        "\"clusters\":[ { | \"clusters\":[ 7, { | clusters[0]: 7 is not an object",
        "\"transform\":\"none\", | | features[0].transform: missing; must be a text",
        "\"imputedValue\":7.2 | \"imputedValue\":7.2,\"limits\":{\"lower\":1,\"upper\":null}"
            + " | features[2].limits.upper: null is not a finite number",
        "\"imputedValue\":7.2 | \"imputedValue\":7.2,\"limits\":{\"lower\":2,\"upper\":1,"
            + "\"below\":0,\"above\":0} | features[2].limits.lower: 2 is not a number below",
        "\"imputedValue\":7.2 | \"imputedValue\":7.2,\"limits\":{\"lower\":0,\"upper\":1,"
            + "\"below\":-1,\"above\":0} | features[2].limits.below: -1 is not a whole number"
      })
  void aNumberThatNoUserCanBeScoredWithIsRefusedByItsKey(String old, String now, String message)
      throws IOException {
    String whole = Files.readString(Path.of("src/test/resources/models/format-1-handover.json"));
    String changed = whole.replaceFirst(Pattern.quote(old), now == null ? "" : now);
    assertNotEquals(whole, changed, "what is replaced is there");
    String refused = assertThrows(IOException.class, () -> read(utf8(changed))).getMessage();
    assertTrue(refused.startsWith("model.json: " + message), refused);
  }

  /** Scoring does not need a strategy, so a model that was edited by hand may omit it. */
  @Test
  void aClusterWithoutAStrategyHasAnEmptyOne() throws IOException {
    String whole = Files.readString(Path.of("src/test/resources/models/format-1-handover.json"));
    String without = whole.replaceAll("\"strategy\":\"[^\"]*\"", "\"strategy\":null");
    assertNotEquals(whole, without);
    Model model = read(utf8(without));
    model.clusters().forEach(cluster -> assertEquals("", cluster.strategy()));
    assertEquals(
        model.clusters().size(),
        ScoringModel.of(model, new UserSchema(null, ScoringModel.features(model), List.of()))
            .personas()
            .clusters()
            .size());
  }

  @Test
  void tablesShowTheModel() throws IOException {
    Model model = read(Files.readAllBytes(FIRST));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ModelTables.writeIterations(model, out);
    assertEquals(
        """
        iteration,inertia,largest_shift,changed_users,reseeded_clusters,users_0,users_1,users_2
        1,161.4823746085167,0.0,,0,43,21,36
        """,
        out.toString(StandardCharsets.UTF_8));
    out.reset();
    ModelTables.writeCentroids(model, out);
    assertEquals(Files.readString(CENTROIDS), out.toString(StandardCharsets.UTF_8));
  }

  @Test
  void tablesQuoteWhatNeedsQuotesAndGuardFormulas() throws IOException {
    String text =
        Files.readString(FIRST)
            .replace("Marketing Agencies", "=SUM(A1)")
            .replace("Developers (API-Centric)", "A, \\\"B\\\"")
            .replace("\"api_calls_monthly\"", "\"calls, API\"");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ModelTables.writeCentroids(read(utf8(text)), out);
    String[] lines = out.toString(StandardCharsets.UTF_8).split("\n", -1);
    assertTrue(lines[0].contains(",\"calls, API\",\"calls, API_z\","), lines[0]);
    assertTrue(lines[2].startsWith("1,\"A, \"\"B\"\"\",21,0.21,"), lines[2]);
    assertTrue(lines[3].startsWith("2,\"'=SUM(A1)\",36,0.36,"), lines[3]);
  }

  /** The values for the first metrics, every third of which has none. */
  private static <C> Map<String, Double> odd(List<Metric<C>> metrics, List<Double> values) {
    Iterator<Double> next = values.iterator();
    Map<String, Double> figures = new LinkedHashMap<>();
    for (int i = 0; i < metrics.size(); i++) {
      figures.put(metrics.get(i).id(), i % 3 == 1 || !next.hasNext() ? null : next.next());
    }
    return figures;
  }
}
