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
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
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
import personas.cli.option.ExitCode;
import personas.model.Model;
import personas.model.Model.FeatureModel;
import personas.model.ModelJson;

/** The ONNX file of a model, run by ONNX Runtime, gives users what {@code score} gives them. */
class OnnxScoringTest {
  private static final int USERS = 50_000;

  /** The largest relative deviation of a distance that is allowed. */
  private static final double BOUND = 1e-12;

  /** With a logarithm: one user of 25,000 may get another persona. */
  private static final int WITH_LOGARITHM = USERS / 25_000;

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
  private record Outputs(
      long[] cluster,
      String[] persona,
      double[] distance,
      String[] secondPersona,
      double[] margin) {}

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
          return new Outputs(
              (long[]) values.get(0),
              (String[]) values.get(1),
              (double[]) values.get(2),
              (String[]) values.get(3),
              (double[]) values.get(4));
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
    private double deviation;
    private double marginDeviation;
    private final int users;

    Comparison(byte[] model, byte[] onnx, Map<String, List<?>> table) throws Exception {
      PersonaScores scores =
          PersonaModel.load(new ByteArrayInputStream(model)).scoreColumns(table);
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
      deviation =
          Math.max(
              deviation,
              Math.abs(found.distance[i] - expected.distance())
                  / Math.max(1e-3, expected.distance()));
      marginDeviation = Math.max(marginDeviation, Math.abs(found.margin[i] - expected.margin()));
    }

    boolean isEqual() {
      return otherRejected == 0
          && otherPersona == 0
          && otherSecond == 0
          && deviation <= BOUND
          && marginDeviation <= BOUND;
    }

    /** Checks that at most a number of users get another persona. */
    Comparison check(String what, int most) {
      System.out.printf(
          Locale.ROOT,
          "ONNX of %s: of %,d users %,d are rejected by both, %,d lie on a border, %d have another"
              + " persona, %d another second persona; largest relative deviation of a distance:"
              + " %s%n",
          what,
          users,
          rejected,
          onBorder,
          otherPersona,
          otherSecond,
          deviation);
      assertEquals(0, otherRejected, what);
      assertTrue(otherPersona <= most, what + ": " + otherPersona);
      assertTrue(otherSecond <= most, what + ": " + otherSecond);
      assertTrue(most > 0 || deviation <= BOUND, what + ": " + deviation);
      assertTrue(most > 0 || marginDeviation <= BOUND, what + ": margin " + marginDeviation);
      assertTrue(rejected > users / 100 && rejected < users / 2, what + ": " + rejected);
      return this;
    }
  }

  private static Map<String, List<?>> columns(Model model, List<Double[]> rows) {
    Map<String, List<?>> table = new LinkedHashMap<>();
    for (int f = 0; f < model.features().size(); f++) {
      int feature = f;
      table.put(
          model.features().get(f).name(), Collections.unmodifiableList(Arrays.asList(rows.stream().map(row -> row[feature]).toArray(Double[]::new))));
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

  @Test
  void withoutALogarithmNoPersonaDiffers() throws Exception {
    int onBorder = 0;
    for (int k : new int[] {1, 2, 3, 7, 24}) {
      byte[] model = HardUsers.modelJson(k, false, new SplittableRandom(k));
      Comparison comparison = new Comparison(model, onnx(model), hardUsers(read(model), k));
      onBorder += comparison.check("k = " + k, 0).onBorder;
    }
    assertTrue(onBorder > 1_000, "users on borders: " + onBorder);
  }
}
