package personas.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.dmg.pmml.PMML;
import org.jpmml.evaluator.Evaluator;
import org.jpmml.evaluator.FieldValue;
import org.jpmml.evaluator.InputField;
import org.jpmml.evaluator.LoadingModelEvaluatorBuilder;
import org.jpmml.evaluator.ValueCheckException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.SAXException;
import personas.PersonaModel;
import personas.PersonaScore;
import personas.RejectedRecordException;
import personas.UserTable;
import personas.cli.Run;
import personas.cli.exit.ExitCode;
import personas.model.Model;
import personas.model.Model.FeatureModel;
import personas.model.ModelJson;

/** Checks that the PMML of a model in JPMML gives the same results as {@code score}. */
class PmmlScoringTest {
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

  /** The model with every coordinate rounded to a quarter, so that users lie on borders. */
  private static byte[] onQuarters(byte[] model) throws IOException {
    ObjectNode tree = (ObjectNode) JSON.readTree(model);
    for (var cluster : tree.get("clusters")) {
      ArrayNode centroid = (ArrayNode) cluster.get("centroid");
      for (int f = 0; f < centroid.size(); f++) {
        centroid.set(
            f, JSON.getNodeFactory().numberNode(Math.rint(4 * centroid.get(f).asDouble()) / 4));
      }
    }
    return JSON.writeValueAsBytes(tree);
  }

  private static Model read(byte[] model) throws IOException {
    return ModelJson.read("model.json", new ByteArrayInputStream(model));
  }

  private static Schema schema() throws SAXException {
    return SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
        .newSchema(PMML.class.getResource("/pmml.xsd"));
  }

  private static Evaluator evaluator(String pmml) throws Exception {
    Evaluator evaluator =
        new LoadingModelEvaluatorBuilder()
            .setSchema(schema())
            .load(new ByteArrayInputStream(pmml.getBytes(StandardCharsets.UTF_8)))
            .build();
    evaluator.verify();
    return evaluator;
  }

  /** The output fields; null if the evaluator refuses a value. */
  private static Map<String, ?> evaluate(Evaluator evaluator, Map<String, ?> record) {
    Map<String, FieldValue> arguments = new HashMap<>();
    try {
      for (InputField field : evaluator.getInputFields()) {
        arguments.put(field.getName(), field.prepare(record.get(field.getName())));
      }
      return evaluator.evaluate(arguments);
    } catch (ValueCheckException e) {
      return null;
    }
  }

  private static final class Comparison {
    private int users;
    private int rejected;
    private int onBorder;
    private int otherPersona;
    private int otherSecond;
    private double deviation;
    private double marginDeviation;

    void add(PersonaModel model, Evaluator evaluator, Map<String, ?> record) {
      Map<String, ?> found = evaluate(evaluator, record);
      PersonaScore expected = null;
      try {
        expected = model.score(record);
      } catch (RejectedRecordException e) {
        rejected++;
      }
      assertEquals(expected == null, found == null, () -> "rejected: " + record);
      users++;
      if (expected == null) {
        return;
      }
      onBorder += expected.margin() == 0 ? 1 : 0;
      boolean same =
          String.valueOf(expected.cluster()).equals(found.get("cluster"))
              && expected.persona().equals(found.get("persona"));
      otherPersona += same ? 0 : 1;
      otherSecond += expected.secondPersona().equals(found.get("second_persona")) ? 0 : 1;
      double distance = (Double) found.get("distance");
      deviation =
          Math.max(
              deviation,
              Math.abs(distance - expected.distance()) / Math.max(1e-3, expected.distance()));
      marginDeviation =
          Math.max(marginDeviation, Math.abs((Double) found.get("margin") - expected.margin()));
    }

    void check(String what) {
      System.out.printf(
          Locale.ROOT,
          "PMML of %s: of %,d users %,d are rejected by both, %,d lie on a border, %d have another persona, %d another"
              + " second persona; largest relative deviation of a distance: %s%n",
          what,
          users,
          rejected,
          onBorder,
          otherPersona,
          otherSecond,
          deviation);
      assertEquals(0, otherPersona, what);
      assertEquals(0, otherSecond, what);
      assertTrue(deviation <= BOUND, what + ": " + deviation);
      assertTrue(marginDeviation <= BOUND, what + ": margin " + marginDeviation);
      assertTrue(rejected > users / 100 && rejected < users / 2, what + ": " + rejected);
    }
  }

  /** Values at limits and ranges, half steps of the grid, on borders, huge, tiny and missing. */
  private static Double hardValue(SplittableRandom random, FeatureModel feature) {
    double middle = feature.transform().invert(feature.mean());
    double unit = feature.unit();
    return switch (random.nextInt(14)) {
      case 0 -> null;
      case 1 -> random.nextBoolean() ? 1e300 : -0.5;
      case 2 -> Double.MIN_VALUE * random.nextInt(3);
      case 3 -> feature.limits() == null ? 0.0 : Double.valueOf(feature.limits().upper());
      case 4 -> feature.limits() == null ? 50.0 : Double.valueOf(feature.limits().lower());
      case 5 -> (double) random.nextInt(-1, 3);
      case 6, 7 -> raw(feature, random.nextInt(33) / 8.0 - 2);
      case 8 -> raw(feature, (random.nextInt(64) + 0.5) / (1 << 24));
      case 9 -> middle + unit * 1e-12 * random.nextDouble();
      default -> raw(feature, 4 * random.nextDouble() - 2);
    };
  }

  private static double raw(FeatureModel feature, double z) {
    return feature.transform().invert(feature.mean() + feature.unit() * z);
  }

  private static Comparison compareHardUsers(byte[] bytes) throws Exception {
    Model model = read(bytes);
    PersonaModel library = PersonaModel.load(new ByteArrayInputStream(bytes));
    Evaluator evaluator = evaluator(PmmlScoring.of(model));
    SplittableRandom random = new SplittableRandom(20261129);
    Comparison comparison = new Comparison();
    for (int i = 0; i < USERS; i++) {
      Map<String, Double> record = new HashMap<>();
      boolean isOnQuarters = random.nextInt(3) == 0;
      for (FeatureModel feature : model.features()) {
        record.put(
            feature.name(),
            isOnQuarters
                ? Double.valueOf(raw(feature, random.nextInt(17) / 4.0 - 2))
                : hardValue(random, feature));
      }
      comparison.add(library, evaluator, record);
    }
    return comparison;
  }

  @Test
  void hardUsersGetThePersonasOfScore() throws Exception {
    byte[] model = model(UserTable.numbers());
    compareHardUsers(model).check("numbers");
    Comparison borders = compareHardUsers(onQuarters(model));
    borders.check("numbers, centroids on quarters");
    assertTrue(borders.onBorder > 20, "users on borders: " + borders.onBorder);
  }

  @Test
  void categoriesAndBooleansGetThePersonasOfScore() throws Exception {
    UserTable table = UserTable.categories();
    byte[] bytes = model(table);
    for (byte[] each : List.of(bytes, onQuarters(bytes))) {
      PersonaModel library = PersonaModel.load(new ByteArrayInputStream(each));
      Evaluator evaluator = evaluator(PmmlScoring.of(read(each)));
      Comparison comparison = new Comparison();
      for (int row = 0; row < table.rows().size(); row++) {
        comparison.add(library, evaluator, typed(table.record(row)));
      }
      comparison.check("categories");
    }
  }

  /** The record as a system with types holds it: a blank text is a missing value. */
  private static Map<String, Object> typed(Map<String, String> record) {
    Map<String, Object> typed = new HashMap<>();
    record.forEach((column, text) -> typed.put(column, text.isEmpty() ? null : text));
    for (String column : List.of("newsletter", "trial")) {
      switch (record.get(column).toLowerCase(Locale.ROOT)) {
        case "yes", "true", "1" -> typed.put(column, true);
        case "no", "false" -> typed.put(column, false);
        case "?" -> typed.put(column, null);
        default -> {}
      }
    }
    return typed;
  }

  /** A twin that is made wrong on purpose is found out. */
  @Test
  void aWrongCoordinateIsFound() throws Exception {
    byte[] bytes = model(UserTable.numbers());
    Model model = read(bytes);
    double coordinate = model.clusters().get(0).centroid().get(0);
    String wrong = PmmlScoring.of(model).replace(coordinate + " ", coordinate + 0.01 + " ");
    PersonaModel library = PersonaModel.load(new ByteArrayInputStream(bytes));
    Evaluator evaluator = evaluator(wrong);
    Comparison comparison = new Comparison();
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 1_000; i++) {
      Map<String, Double> record = new HashMap<>();
      model
          .features()
          .forEach(feature -> record.put(feature.name(), raw(feature, random.nextDouble())));
      comparison.add(library, evaluator, record);
    }
    assertTrue(comparison.deviation > BOUND, "deviation " + comparison.deviation);
  }

  @Test
  void theDocumentIsValidAndAWrongOneIsNot() throws Exception {
    String pmml = PmmlScoring.of(read(model(UserTable.categories())));
    schema().newValidator().validate(new StreamSource(new StringReader(pmml)));
    String wrong = pmml.replace("centerBased", "centreBased");
    assertThrows(
        SAXException.class,
        () -> schema().newValidator().validate(new StreamSource(new StringReader(wrong))));
  }

  /** Names that collide with our own fields, and characters that XML escapes. */
  @Test
  void namesOfColumnsAndPersonasAreKept() throws Exception {
    ObjectNode tree = (ObjectNode) JSON.readTree(model(UserTable.numbers()));
    ((ObjectNode) tree.get("features").get(0)).put("name", "distance");
    ((ObjectNode) tree.get("features").get(1)).put("name", "z_distance");
    ((ObjectNode) tree.get("features").get(2)).put("name", "a < b & \"c\"\té");
    ((ObjectNode) tree.get("clusters").get(0)).put("persona", "<Big> & \"small\" 'ones'");
    byte[] bytes = JSON.writeValueAsBytes(tree);
    Model model = read(bytes);
    PersonaModel library = PersonaModel.load(new ByteArrayInputStream(bytes));
    Evaluator evaluator = evaluator(PmmlScoring.of(model));
    Map<String, Double> record = new HashMap<>();
    for (int f = 0; f < model.features().size(); f++) {
      FeatureModel feature = model.features().get(f);
      record.put(feature.name(), raw(feature, model.clusters().get(0).centroid().get(f)));
    }
    PersonaScore expected = library.score(record);
    assertEquals("<Big> & \"small\" 'ones'", expected.persona());
    Map<String, ?> found = evaluate(evaluator, record);
    assertEquals(expected.persona(), found.get("persona"));
    assertEquals(expected.distance(), found.get("distance_"));
    ((ObjectNode) tree.get("features").get(2)).put("name", "a\u0001");
    Model control = read(JSON.writeValueAsBytes(tree));
    assertEquals(
        "'a?' holds U+0001, which an XML file cannot hold",
        assertThrows(IllegalArgumentException.class, () -> PmmlScoring.of(control)).getMessage());
  }

  @Test
  void aModelOfOneClusterHasNoSecond() throws Exception {
    ObjectNode tree = (ObjectNode) JSON.readTree(model(UserTable.numbers()));
    ArrayNode clusters = (ArrayNode) tree.get("clusters");
    while (clusters.size() > 1) {
      clusters.remove(1);
    }
    // Its sizes are of all clusters.
    ((ObjectNode) tree.get("kSelection")).remove("resampledFlow");
    byte[] bytes = JSON.writeValueAsBytes(tree);
    Model model = read(bytes);
    Map<String, Double> record = new HashMap<>();
    model.features().forEach(feature -> record.put(feature.name(), raw(feature, 0)));
    Map<String, ?> found = evaluate(evaluator(PmmlScoring.of(model)), record);
    assertEquals(
        PersonaModel.load(new ByteArrayInputStream(bytes)).score(record).distance(),
        found.get("distance"));
    assertTrue(!found.containsKey("margin"), found.toString());
  }

  @Test
  void theCommandWritesTheDocument() throws IOException {
    String model = "--model=" + RUNS.get(UserTable.numbers().name()).output().resolve("model.json");
    Path file = folder.resolve("model.pmml");
    Run.command(folder, "export", model, "--format=pmml", "--output=" + file).succeeded();
    assertEquals(PmmlScoring.of(read(model(UserTable.numbers()))), Files.readString(file));
    Run dialect = Run.command(folder, "export", model, "--format=pmml", "--dialect=duckdb");
    assertEquals(ExitCode.USAGE, dialect.exitCode());
    assertTrue(
        dialect.errors().contains("applies only to --format=sql and --format=typing"),
        dialect.errors());
    Run format = Run.command(folder, "export", model, "--format=csv");
    assertEquals(ExitCode.USAGE, format.exitCode());
    assertTrue(format.errors().contains("csv: is not one of sql, pmml"), format.errors());
  }
}
