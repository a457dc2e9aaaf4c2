package personas.export;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import ai.onnxruntime.TensorInfo;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import personas.PersonaModel;
import personas.PersonaScore;
import personas.PersonaScores;
import personas.UserTable;
import personas.cli.Run;
import personas.cli.exit.ExitCode;
import personas.model.Model;
import personas.model.Model.FeatureModel;
import personas.model.ModelJson;

/** Checks that the ONNX file of a model in ONNX Runtime gives the same results as {@code score}. */
class OnnxScoringTest {
  private static final int USERS = 50_000;

  /** The largest relative deviation of a distance that is allowed. */
  private static final double BOUND = 1e-12;

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir static Path folder;
  private static final Map<String, Run> RUNS = new LinkedHashMap<>();

  @BeforeAll
  static void segment() throws IOException {
    for (UserTable table : List.of(UserTable.numbers(), UserTable.categories())) {
      RUNS.put(table.name(), table.segment(folder));
    }
  }

  private static byte[] model(UserTable table) throws IOException {
    return Files.readAllBytes(RUNS.get(table.name()).output().resolve("model.json"));
  }

  private static Model read(byte[] model) throws IOException {
    return ModelJson.read("model.json", new ByteArrayInputStream(model));
  }

  private static byte[] onnx(byte[] model) throws IOException {
    return OnnxScoring.of(read(model));
  }

  /** The model with the raw values in place of their logarithms, in units of a similar size. */
  private static byte[] withoutLogarithms(byte[] model) throws IOException {
    ObjectNode tree = (ObjectNode) JSON.readTree(model);
    for (var each : tree.get("features")) {
      ObjectNode feature = (ObjectNode) each;
      if (feature.get("transform").asText().equals("log1p")) {
        double mean = Math.expm1(feature.get("mean").asDouble());
        feature.put("transform", "none").put("mean", mean);
        for (String unit : List.of("deviation", "scale")) {
          if (feature.has(unit)) {
            feature.put(unit, feature.get(unit).asDouble() * (mean + 1));
          }
        }
      }
    }
    return JSON.writeValueAsBytes(tree);
  }

  /** The outputs of all users. */
  private static final class Outputs {
    private final long[] cluster;
    private final String[] persona;
    private final double[] distance;
    private final String[] secondPersona;
    private final double[] margin;

    Outputs(List<Object> values) {
      cluster = (long[]) values.get(0);
      persona = (String[]) values.get(1);
      distance = (double[]) values.get(2);
      secondPersona = (String[]) values.get(3);
      margin = (double[]) values.get(4);
    }
  }

  /**
   * Runs a file by ONNX Runtime.
   *
   * @param table column → values of all users
   */
  private static Outputs run(byte[] onnx, Map<String, List<?>> table, OptLevel optimization)
      throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    Map<String, OnnxTensor> inputs = new LinkedHashMap<>();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setOptimizationLevel(optimization);
      options.setIntraOpNumThreads(1);
      try (OrtSession session = environment.createSession(onnx, options)) {
        for (var input : session.getInputInfo().entrySet()) {
          boolean isText = ((TensorInfo) input.getValue().getInfo()).type == OnnxJavaType.STRING;
          List<?> column = table.get(input.getKey());
          Object values =
              isText
                  ? column.stream().map(value -> value == null ? "" : value).toArray(String[]::new)
                  : column.stream().mapToDouble(OnnxScoringTest::number).toArray();
          inputs.put(input.getKey(), OnnxTensor.createTensor(environment, values));
        }
        try (OrtSession.Result result = session.run(inputs)) {
          List<Object> values = new ArrayList<>();
          for (var output : result) {
            values.add(output.getValue().getValue());
          }
          return new Outputs(values);
        }
      }
    } finally {
      inputs.values().forEach(OnnxTensor::close);
    }
  }

  private static double number(Object value) {
    return value == null
        ? Double.NaN
        : value instanceof Boolean truth ? truth ? 1 : 0 : ((Number) value).doubleValue();
  }

  private static final class Comparison {
    private int rejected;
    private int onBorder;
    private int otherRejected;
    private int otherPersona;
    private int otherSecond;
    private int otherDistance;
    private double deviation;
    private double marginDeviation;
    private final int users;

    Comparison(byte[] model, byte[] onnx, Map<String, List<?>> table) throws Exception {
      PersonaScores scores = PersonaModel.load(new ByteArrayInputStream(model)).scoreColumns(table);
      Outputs found = run(onnx, table, OptLevel.ALL_OPT);
      users = found.cluster.length;
      for (int i = 0; i < users; i++) {
        add(scores.rejected().containsKey(i) ? null : scores.get(i), found, i);
      }
    }

    private void add(PersonaScore expected, Outputs found, int i) {
      boolean isRejected = found.cluster[i] == OnnxScoring.REJECTED;
      rejected += isRejected ? 1 : 0;
      otherRejected += isRejected == (expected == null) ? 0 : 1;
      if (isRejected) {
        assertEquals("", found.persona[i]);
        assertEquals("", found.secondPersona[i]);
        assertEquals(Double.NaN, found.distance[i]);
        assertEquals(Double.NaN, found.margin[i]);
      }
      if (isRejected || expected == null) {
        return;
      }
      onBorder += expected.margin() == 0 ? 1 : 0;
      boolean isSame =
          expected.cluster() == found.cluster[i] && expected.persona().equals(found.persona[i]);
      otherPersona += isSame ? 0 : 1;
      otherSecond += expected.secondPersona().equals(found.secondPersona[i]) ? 0 : 1;
      double ofDistance =
          Math.abs(found.distance[i] - expected.distance()) / Math.max(1e-3, expected.distance());
      otherDistance += ofDistance > BOUND ? 1 : 0;
      deviation = Math.max(deviation, ofDistance);
      marginDeviation = Math.max(marginDeviation, Math.abs(found.margin[i] - expected.margin()));
    }

    boolean isEqual() {
      return otherRejected == 0
          && otherPersona == 0
          && otherSecond == 0
          && deviation <= BOUND
          && marginDeviation <= BOUND;
    }

    Comparison print(String what) {
      System.out.printf(
          Locale.ROOT,
          "ONNX of %s: of %,d users %,d are rejected, %,d lie on a border, %d have another persona,"
              + " %d another second persona, %d another distance; largest relative deviation of a"
              + " distance: %s%n",
          what,
          users,
          rejected,
          onBorder,
          otherPersona,
          otherSecond,
          otherDistance,
          deviation);
      assertEquals(0, otherRejected, what);
      assertTrue(rejected > users / 100 && rejected < 2 * users / 3, what + ": " + rejected);
      return this;
    }

    /** Of a model without a logarithm. */
    Comparison checkEqual(String what) {
      print(what);
      assertTrue(isEqual(), what);
      return this;
    }

    /** Of a model with a logarithm: a value may lie one step of the grid beside that of score. */
    Comparison checkClose(String what) {
      print(what);
      assertTrue(otherPersona <= users / 25_000, what + ": " + otherPersona);
      assertTrue(otherSecond <= users / 25_000, what + ": " + otherSecond);
      assertTrue(otherDistance <= users / 50, what + ": " + otherDistance);
      return this;
    }
  }

  private static Map<String, List<?>> columns(Model model, List<Double[]> rows) {
    Map<String, List<?>> table = new LinkedHashMap<>();
    for (int f = 0; f < model.features().size(); f++) {
      List<Double> column = new ArrayList<>();
      for (Double[] row : rows) {
        column.add(row[f]);
      }
      table.put(model.features().get(f).name(), column);
    }
    return table;
  }

  /** Users on borders, at limits, missing, huge and tiny. */
  private static Map<String, List<?>> hardUsers(Model model, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Double[]> rows = new ArrayList<>();
    for (int i = 0; i < USERS; i++) {
      rows.add(i % 16 == 0 ? HardUsers.onABorder(random, model) : HardUsers.row(random, model));
    }
    return columns(model, rows);
  }

  /** Values whose logarithms lie between two steps of the grid, and on limits and borders. */
  private static Map<String, List<?>> hardLogarithms(Model model, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Double[]> rows = new ArrayList<>();
    for (int i = 0; i < USERS; i++) {
      Double[] row = new Double[model.features().size()];
      for (int f = 0; f < row.length; f++) {
        row[f] = hardValue(random, model.features().get(f));
      }
      rows.add(row);
    }
    return columns(model, rows);
  }

  private static Double hardValue(SplittableRandom random, FeatureModel feature) {
    return switch (random.nextInt(12)) {
      case 0 -> null;
      case 1 -> random.nextBoolean() ? 1e300 : -1.0;
      case 2 -> feature.limits() == null ? 0.0 : Double.valueOf(feature.limits().upper());
      case 3 -> Double.MIN_VALUE * random.nextInt(3);
      case 4 -> random.nextBoolean() ? -0.5 : 1e-9 * random.nextDouble();
      case 5, 6 -> raw(feature, random.nextInt(17) / 4.0 - 2);
      case 7 -> raw(feature, (random.nextInt(64) + 0.5) / (1 << 24));
      default -> raw(feature, 4 * random.nextDouble() - 2);
    };
  }

  private static double raw(FeatureModel feature, double z) {
    return feature.transform().invert(feature.mean() + feature.unit() * z);
  }

  @Test
  void withoutALogarithmNoPersonaDiffers() throws Exception {
    int onBorder = 0;
    for (int k : new int[] {1, 2, 3, 7, 24}) {
      byte[] model = HardUsers.modelJson(k, false, new SplittableRandom(k));
      Comparison comparison = new Comparison(model, onnx(model), hardUsers(read(model), k));
      onBorder += comparison.checkEqual("k = " + k).onBorder;
    }
    assertTrue(onBorder > 1_000, "users on borders: " + onBorder);
  }

  @Test
  void withALogarithmHardlyAnyPersonaDiffers() throws Exception {
    byte[] hard = HardUsers.modelJson(5, true, new SplittableRandom(9));
    new Comparison(hard, onnx(hard), hardUsers(read(hard), 9)).checkClose("one logarithm");
    byte[] numbers = model(UserTable.numbers());
    new Comparison(numbers, onnx(numbers), hardLogarithms(read(numbers), 10))
        .checkClose("numbers with logarithms");
    byte[] raw = withoutLogarithms(numbers);
    new Comparison(raw, onnx(raw), hardLogarithms(read(raw), 11)).checkEqual("numbers");
  }

  /** The table as a system with types holds it: the texts of booleans and numbers as numbers. */
  private static Map<String, List<?>> typed(UserTable table) {
    Map<String, List<?>> typed = new LinkedHashMap<>();
    for (int c = 1; c < table.columns().size(); c++) {
      String column = table.columns().get(c);
      List<Object> values = new ArrayList<>();
      for (List<String> row : table.rows()) {
        String text = row.get(c);
        values.add(
            switch (column) {
              case "newsletter", "trial" -> truth(text.toLowerCase(Locale.ROOT));
              case "spend" -> text.equals("x") ? (Object) Double.NaN : Double.valueOf(text);
              default -> text;
            });
      }
      typed.put(column, values);
    }
    return typed;
  }

  private static Double truth(String text) {
    return switch (text) {
      case "yes", "true", "1" -> 1.0;
      case "no", "false" -> 0.0;
      case "", "?" -> null;
      default -> 2.0;
    };
  }

  @Test
  void categoriesAndBooleansGetThePersonasOfScore() throws Exception {
    UserTable table = UserTable.categories();
    byte[] model = model(table);
    new Comparison(model, onnx(model), typed(table)).checkClose("categories with a logarithm");
    byte[] raw = withoutLogarithms(model);
    new Comparison(raw, onnx(raw), typed(table)).checkEqual("categories");
  }

  /** Levels that a pattern would read as something else, blanks, and texts for missing values. */
  @Test
  void levelsAreComparedAsScoreComparesThem() throws Exception {
    List<String> levels =
        List.of("a.c", "(x|y)*", "\\E^$", "100 %", "é", "[^z]", "new\nline", "abc");
    UserTable users = UserTable.categories();
    String text = new String(model(users), StandardCharsets.UTF_8);
    SplittableRandom random = new SplittableRandom(5);
    for (String level : levels) {
      String json = JSON.writeValueAsString(level);
      String changed = text.replace("basic", json.substring(1, json.length() - 1));
      byte[] model = withoutLogarithms(changed.getBytes(StandardCharsets.UTF_8));
      List<String> plans =
          List.of(
              level,
              " " + level,
              level + "\u00a0\t",
              "\u2003" + level + "\ufeff",
              level + "s",
              "abc",
              "",
              " ",
              "NA",
              "\tn/a ",
              "na",
              "missing",
              "other",
              "pro, yearly",
              "\u00e9x");
      Map<String, List<?>> table = new LinkedHashMap<>(typed(users));
      List<String> column = new ArrayList<>();
      for (int i = 0; i < users.rows().size(); i++) {
        column.add(plans.get(random.nextInt(plans.size())));
      }
      table.put("plan", column);
      new Comparison(model, onnx(model), table).checkEqual("level " + json);
    }
  }

  /** A file that is made wrong on purpose is found out, and so is one that does not round. */
  @Test
  void aWrongFileIsFound() throws Exception {
    byte[] model = HardUsers.modelJson(3, false, new SplittableRandom(3));
    Map<String, List<?>> users = hardUsers(read(model), 3);
    byte[] right = onnx(model);
    assertTrue(new Comparison(model, right, users).isEqual());
    double coordinate = read(model).clusters().get(1).centroid().get(0);
    for (byte[] wrong :
        List.of(
            replaced(right, bytes(coordinate), bytes(Math.nextUp(coordinate) + 1e-6)),
            replaced(right, bytes(90.5), bytes(90.25)),
            replaced(right, bytes("Round"), bytes("Floor")),
            replaced(right, bytes("ArgMin"), bytes("ArgMax")))) {
      assertTrue(!new Comparison(model, wrong, users).isEqual());
    }
  }

  private static byte[] bytes(double value) {
    return ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putDouble(value).array();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** The bytes with all occurrences of a sequence replaced by another one of the same length. */
  private static byte[] replaced(byte[] bytes, byte[] from, byte[] to) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    String before = new String(from, StandardCharsets.ISO_8859_1);
    assertTrue(text.contains(before));
    return text.replace(before, new String(to, StandardCharsets.ISO_8859_1))
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  /** The optimizer of the runtime changes no bit, for example by leaving out an operation. */
  @Test
  void theOptimizerChangesNothing() throws Exception {
    for (boolean hasLogarithm : new boolean[] {false, true}) {
      byte[] model = HardUsers.modelJson(7, hasLogarithm, new SplittableRandom(7));
      Map<String, List<?>> users = hardUsers(read(model), 7);
      Outputs plain = run(onnx(model), users, OptLevel.NO_OPT);
      Outputs optimized = run(onnx(model), users, OptLevel.ALL_OPT);
      assertArrayEquals(plain.cluster, optimized.cluster);
      assertArrayEquals(plain.distance, optimized.distance);
      assertArrayEquals(plain.margin, optimized.margin);
      assertArrayEquals(plain.secondPersona, optimized.secondPersona);
    }
  }

  /** A number that stands for a missing value is one in a tensor too. */
  @Test
  void aNumberMayStandForAMissingValue() throws Exception {
    ObjectNode tree =
        (ObjectNode) JSON.readTree(HardUsers.modelJson(4, false, new SplittableRandom(4)));
    ObjectNode syntax = ((ObjectNode) tree.get("handover")).putObject("syntax");
    syntax.putArray("missing").add("nan").add(" -999 ").add("90.5");
    byte[] model = JSON.writeValueAsBytes(tree);
    Map<String, List<?>> users = hardUsers(read(model), 4);
    List<Double> first = new ArrayList<>();
    users.get("f \"3\"").forEach(value -> first.add(first.size() % 2 == 0 ? -999 : number(value)));
    users.put("f \"3\"", first);
    new Comparison(model, onnx(model), users).checkEqual("numbers that stand for missing values");
  }

  /** Names that collide with our own values. */
  @Test
  void namesOfColumnsAndPersonasAreKept() throws Exception {
    ObjectNode tree =
        (ObjectNode) JSON.readTree(HardUsers.modelJson(2, false, new SplittableRandom(2)));
    List<String> names = List.of("distance", "value3", "persona_", "a < \"b\"\té");
    for (int f = 0; f < names.size(); f++) {
      ((ObjectNode) tree.get("features").get(f)).put("name", names.get(f));
    }
    ((ObjectNode) tree.get("clusters").get(0)).put("persona", "Große \"Käufer\" 購");
    byte[] model = JSON.writeValueAsBytes(tree);
    byte[] onnx = onnx(model);
    new Comparison(model, onnx, hardUsers(read(model), 2)).checkEqual("other names");
    try (OrtSession session = OrtEnvironment.getEnvironment().createSession(onnx)) {
      assertEquals(
          List.of("cluster", "persona", "distance_", "second_persona", "margin"),
          List.copyOf(session.getOutputNames()));
    }
  }

  @Test
  void theCommandWritesTheFile() throws IOException {
    String model = "--model=" + RUNS.get(UserTable.numbers().name()).output().resolve("model.json");
    Path file = folder.resolve("model.onnx");
    Run.command(folder, "export", model, "--format=onnx", "--output=" + file).succeeded();
    assertArrayEquals(onnx(model(UserTable.numbers())), Files.readAllBytes(file));
    Run terminal = Run.command(folder, "export", model, "--format=onnx");
    assertEquals(ExitCode.USAGE, terminal.exitCode());
    assertTrue(terminal.errors().contains("--output: missing"), terminal.errors());
    Run dialect =
        Run.command(
            folder, "export", model, "--format=onnx", "--dialect=duckdb", "--output=" + file);
    assertEquals(ExitCode.USAGE, dialect.exitCode());
    assertTrue(
        dialect.errors().contains("applies only to --format=sql and --format=typing"),
        dialect.errors());
  }
}
