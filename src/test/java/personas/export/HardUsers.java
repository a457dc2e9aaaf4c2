package personas.export;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import personas.model.Model;
import personas.model.ModelJson;

/** Models and users for which another system easily gives other personas than {@code score}. */
final class HardUsers {
  private HardUsers() {}

  /** A model of d features and k clusters, with limits, ranges and values that may be missing. */
  static Model model(int k, boolean logarithm, SplittableRandom random) throws IOException {
    return ModelJson.read("model.json", new ByteArrayInputStream(modelJson(k, logarithm, random)));
  }

  /** The file of the {@link #model}. */
  static byte[] modelJson(int k, boolean logarithm, SplittableRandom random) throws IOException {
    String[] policies = {"reject", "mean", "zero", "mean"};
    StringBuilder features = new StringBuilder();
    StringBuilder handover = new StringBuilder();
    for (int f = 0; f < 4; f++) {
      boolean log = logarithm && f == 1;
      features.append(
          String.format(
              Locale.ROOT,
              "%s{\"name\":\"f \\\"%d\\\"\",\"transform\":\"%s\",\"missing\":\"%s\",\"mean\":%s,"
                  + "\"deviation\":%s,\"imputedValue\":%s%s}",
              f == 0 ? "" : ",",
              f,
              log ? "log1p" : "none",
              policies[f],
              log ? 2.5 : random.nextDouble() * 100 - 30,
              f == 3 ? 0.0 : 0.1 + random.nextDouble() * 20,
              random.nextDouble() * 50,
              f == 2
                  ? ",\"limits\":{\"lower\":-40.0,\"upper\":90.5,\"below\":1,\"above\":2}"
                  : ""));
      handover
          .append(f == 0 ? "" : ",")
          .append(f == 0 ? "{\"min\":-1000.0,\"max\":1e6,\"missing\":0}" : "{\"missing\":0}");
    }
    StringBuilder clusters = new StringBuilder();
    for (int j = 0; j < k; j++) {
      List<String> centroid = new ArrayList<>();
      // Some on the grid, so that users lie exactly between two; some anywhere.
      boolean isAnywhere = random.nextInt(3) == 0;
      for (int f = 0; f < 4; f++) {
        double value = random.nextInt(9) / 4.0 - 1;
        centroid.add(f == 3 ? "0.0" : "" + (isAnywhere ? value + random.nextDouble() : value));
      }
      clusters.append(
          String.format(
              Locale.ROOT,
              "%s{\"id\":%d,\"persona\":\"Persona %d's\",\"declared\":false,\"strategy\":\"\",\"fit\":0.0,"
                  + "\"standsOut\":\"\",\"users\":10,\"share\":%s,\"centroid\":%s,"
                  + "\"rawMean\":[0.0,0.0,0.0,0.0]}",
              j == 0 ? "" : ",",
              3 * j + 1,
              j,
              1.0 / k,
              centroid));
    }
    String sample =
        new String(
            HardUsers.class.getResourceAsStream("/golden/sample-model.json").readAllBytes(),
            StandardCharsets.UTF_8);
    ObjectMapper json = new ObjectMapper();
    ObjectNode root = (ObjectNode) json.readTree(sample);
    root.set("features", json.readTree("[" + features + "]"));
    root.set("clusters", json.readTree("[" + clusters + "]"));
    root.set(
        "handover",
        json.readTree(
            "{\"id\":\"user id\",\"passThrough\":[],\"features\":["
                + handover
                + "],\"nextId\":1000}"));
    root.remove("metrics");
    root.remove("kSelection");
    return json.writeValueAsBytes(root);
  }

  private static Double value(SplittableRandom random, Model model, int f) {
    double mean = model.features().get(f).mean();
    double deviation = model.features().get(f).deviation();
    return switch (random.nextInt(12)) {
      case 0 -> null;
      case 1 -> Double.NaN;
      case 2 -> random.nextBoolean() ? 1e300 : -1e300;
      case 3 -> random.nextBoolean() ? Double.MAX_VALUE : -Double.MAX_VALUE;
      case 4 -> Double.MIN_VALUE * random.nextInt(5);
      case 5 -> random.nextBoolean() ? 90.5 : -40.0;
      case 6 -> mean + deviation * (random.nextInt(17) / 8.0 - 1);
      case 7 -> mean + deviation * ((random.nextInt(64) + 0.5) / (1 << 24));
      case 8 -> mean + deviation * 1e-12 * random.nextDouble();
      default -> mean + deviation * (4 * random.nextDouble() - 2);
    };
  }

  static Double[] row(SplittableRandom random, Model model) {
    Double[] row = new Double[4];
    for (int f = 0; f < row.length; f++) {
      row[f] = value(random, model, f);
    }
    return row;
  }

  /** Between two centroids; an eighth of these users are equally near to both on the grid. */
  static Double[] onABorder(SplittableRandom random, Model model) {
    List<Double> a = centroid(random, model);
    List<Double> b = centroid(random, model);
    Double[] row = new Double[4];
    for (int f = 0; f < row.length; f++) {
      double z = (a.get(f) + b.get(f)) / 2;
      row[f] = model.features().get(f).mean() + model.features().get(f).deviation() * z;
    }
    return row;
  }

  private static List<Double> centroid(SplittableRandom random, Model model) {
    return model.clusters().get(random.nextInt(model.clusters().size())).centroid();
  }
}
