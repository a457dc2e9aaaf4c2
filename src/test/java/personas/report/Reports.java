package personas.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import personas.confidence.Interval;
import personas.describe.DescribedType;
import personas.describe.Description;
import personas.model.Model;
import personas.model.ModelJson;
import personas.model.Outliers;
import personas.model.StickinessPrice;
import personas.model.compare.ClusterMatching.Change;
import personas.model.compare.Drift;
import personas.model.compare.Drift.PersonaDrift;
import personas.model.compare.DriftAdvice;
import personas.model.compare.Migration;
import personas.persona.ClusterPersona;
import personas.report.data.ReportInput;
import personas.report.data.ReportSample;
import personas.report.data.RuleSettings;
import personas.report.statistic.SampleStatistics;
import personas.spec.Privacy;
import personas.table.ledger.RejectReason;
import personas.table.ledger.RejectionExamples.Example;

/**
 * Inputs of reports: k overlapping groups of generated users, each user in the cluster of its
 * group. The model is read from its file, like the model of a finished run.
 */
public final class Reports {
  static final List<String> PLATFORM =
      List.of(
          "images_generated_monthly",
          "api_calls_monthly",
          "login_frequency_weekly",
          "templates_used_monthly",
          "custom_generation_minutes_monthly");
  private static final List<String> NAMES =
      List.of("E-commerce Business Owners", "Developers (API-Centric)", "Marketing Agencies");
  private static final List<String> STRATEGIES =
      List.of(
          "Bulk image generation, product photography templates, platform integrations (e.g."
              + " Shopify)",
          "API documentation, SDKs, developer support; promote new API features and stability",
          "Team collaboration features, client management tools, diverse creative campaign"
              + " templates");
  private static final double[][] CENTRES = {
    {620, 40, 9, 55, 170}, {110, 2300, 3, 6, 60}, {210, 190, 7, 18, 140}
  };

  private final List<String> features;
  private final List<String> names;
  private final List<String> strategies;
  private final double[][] raw;
  private final int[] cluster;
  private final long factor;

  /**
   * @param factor users that each user of the sample stands for; 1: the sample is whole
   */
  private Reports(
      List<String> features,
      List<String> names,
      List<String> strategies,
      double[][] raw,
      int[] cluster,
      long factor) {
    this.features = features;
    this.names = names;
    this.strategies = strategies;
    this.raw = raw;
    this.cluster = cluster;
    this.factor = factor;
  }

  /** The image platform: three personas, five features. */
  public static ReportInput platform(int users) {
    SplittableRandom random = new SplittableRandom(42);
    double[][] raw = new double[5][users];
    int[] cluster = new int[users];
    for (int i = 0; i < users; i++) {
      cluster[i] = i % 10 < 4 ? 0 : i % 10 < 6 ? 1 : 2;
      for (int f = 0; f < 5; f++) {
        double spread = f == 1 ? 0.6 : 0.28;
        raw[f][i] =
            Math.rint(CENTRES[cluster[i]][f] * StrictMath.exp(spread * random.nextGaussian()));
      }
    }
    return new Reports(PLATFORM, NAMES, STRATEGIES, raw, cluster, 1).input();
  }

  /** Any shape; groups differ in every feature, log-normal in every third. */
  public static ReportInput shape(int users, int k, int d, long factor) {
    SplittableRandom random = new SplittableRandom(k * 1000L + d);
    double[][] raw = new double[d][users];
    int[] cluster = new int[users];
    double[][] center = new double[k][d];
    for (double[] row : center) {
      Arrays.setAll(row, f -> 4 * random.nextDouble());
    }
    for (int i = 0; i < users; i++) {
      cluster[i] = i < k ? i : Math.min(random.nextInt(k), random.nextInt(k));
      for (int f = 0; f < d; f++) {
        double value = center[cluster[i]][f] + 0.5 * random.nextGaussian();
        raw[f][i] = f % 3 == 0 ? StrictMath.exp(2 * value) : value * 10;
      }
    }
    List<String> features =
        IntStream.range(0, d).mapToObj(f -> "feature_" + (f + 1) + "_used_weekly").toList();
    List<String> names = new ArrayList<>();
    for (int c = 0; c < k; c++) {
      names.add(
          c < 3 ? NAMES.get(c) : "High feature_" + c + ", low feature_" + (c + 1) + "_weekly");
    }
    return new Reports(features, names, STRATEGIES, raw, cluster, factor).input();
  }

  /** Users who lie on each other: a column of two values, one of six, and a continuous one. */
  public static ReportInput fewValues(int users) {
    SplittableRandom random = new SplittableRandom(7);
    double[][] raw = new double[3][users];
    int[] cluster = new int[users];
    for (int i = 0; i < users; i++) {
      cluster[i] = i % 2;
      raw[0][i] = random.nextDouble() < (cluster[i] == 0 ? 0.1 : 0.9) ? 1 : 0;
      raw[1][i] = random.nextInt(3) + 3 * cluster[i];
      raw[2][i] = StrictMath.exp(2 * cluster[i] + random.nextGaussian());
    }
    List<String> features = List.of("is_member", "orders", "revenue");
    return new Reports(features, NAMES.subList(0, 2), STRATEGIES, raw, cluster, 1).input();
  }

  /** Names that want to be markup, formulas and worse. */
  public static ReportInput hostile() {
    ReportSample sample = platform(60).sample();
    double[][] raw = new double[5][sample.size()];
    int[] cluster = new int[sample.size()];
    for (int i = 0; i < cluster.length; i++) {
      cluster[i] = sample.cluster(i);
      for (int f = 0; f < 5; f++) {
        raw[f][i] = sample.raw(f, i);
      }
    }
    return new Reports(
            List.of(
                "<script>alert(1)</script>",
                "=cmd|' /C calc'!A0",
                "a\"b'c`${x}</script><!--",
                "שם עמודה \u202eltr",
                "\u2028line\u2029 & &amp; " + "x".repeat(300)),
            List.of(
                "<img src=x onerror=\"document.title='owned'\">",
                "عملاء التجارة الإلكترونية \u202e",
                "W".repeat(300)),
            List.of(
                "</script><script>document.title='owned'</script>",
                "=HYPERLINK(\"x\")",
                "𝕬 \u0007"),
            raw,
            cluster,
            1)
        .input();
  }

  /** The same model of a run that held users in their previous persona. */
  private static Model held(Model model) {
    return new Model(
        model.format(),
        model.program(),
        model.spec(),
        model.status(),
        model.start(),
        model.iterations(),
        model.inertia(),
        model.seed(),
        model.requestedK(),
        model.ledger(),
        model.features(),
        model.clusters(),
        model.unmatchedPersonas(),
        model.history(),
        model.warnings(),
        model.metrics(),
        model.kSelection(),
        new StickinessPrice(
            0.25,
            StickinessPrice.BY_HISTORY,
            new StickinessPrice.History(12, 9_000, 410, 170, 0.02),
            1_234,
            model.clusters().stream().map(Model.ClusterModel::users).toList(),
            model.inertia(),
            0.96 * model.inertia()),
        new Outliers(
            0.995,
            model.clusters().stream().map(cluster -> 3.25).toList(),
            model.clusters().stream().map(cluster -> cluster.users() / 250).toList()),
        model.training(),
        model.receipt());
  }

  /**
   * The same after an earlier run: of three personas the first was kept, the second moved and was
   * called differently, the third is new; a fourth is gone.
   */
  public static ReportInput continued(ReportInput input) {
    List<Model.ClusterModel> now = input.model().clusters();
    String gone = "Gone <b>&amp;</b> " + now.get(1).persona();
    List<PersonaDrift> personas =
        List.of(
            persona(now.get(0), Change.KEPT, null, 0.02, 410, 300, 60, 305),
            persona(
                now.get(1),
                Change.MOVED,
                "Formerly " + now.get(0).persona(),
                1.2,
                300,
                120,
                120,
                140),
            persona(now.get(2), Change.NEW, null, null, 0, 0, 0, 375),
            new PersonaDrift(
                7,
                gone,
                Change.RETIRED,
                7,
                null,
                null,
                290L,
                0L,
                0.29,
                0.0,
                null,
                null,
                null,
                0.0,
                null));
    List<Long> sizes = now.stream().map(Model.ClusterModel::users).toList();
    List<Migration.Row> rows =
        List.of(
            new Migration.Row(0, "First", 410L, List.of(300L, 20L, 30L), 60L),
            new Migration.Row(1, "Second", 300L, List.of(5L, 120L, 55L), 120L),
            new Migration.Row(7, gone, 290L, List.of(0L, 0L, 290L), 0L));
    List<Long> joined = List.of(sizes.get(0) - 305, sizes.get(1) - 140, sizes.get(2) - 375);
    long users = sizes.stream().mapToLong(Long::longValue).sum();
    List<Drift.FeatureDrift> features =
        input.model().features().stream()
            .map(f -> new Drift.FeatureDrift(f.name(), f.mean() > 200 ? null : 0.31, 0.02, null))
            .toList();
    Drift drift =
        new Drift(
            1,
            "beam-personas 0.1.0",
            DriftAdvice.Action.REVIEW,
            "new: " + now.get(2).persona() + " (2)",
            new DriftAdvice.DecidingFigure("new personas", 1, 0),
            1000,
            users,
            personas,
            features,
            new Migration(
                1000,
                users,
                users - 820,
                180L,
                420L,
                400L,
                350L,
                50L,
                0,
                List.of(0, 1, 2),
                rows,
                joined));
    return new ReportInput(
        held(input.model()),
        input.personas(),
        input.sample(),
        new ReportInput.Context(input.context().rejected(), drift, Description.NONE),
        new ReportInput.Settings(input.dataDate(), input.rules(), Privacy.OFF));
  }

  /** The same report without what is about few users. */
  public static ReportInput withPrivacy(ReportInput input) {
    return new ReportInput(
        input.model(),
        input.personas(),
        input.sample(),
        input.context(),
        new ReportInput.Settings(input.dataDate(), input.rules(), Privacy.DEFAULT));
  }

  /** A column of each type; of the figures some are chance and some do not exist. */
  private static Description described(int k) {
    List<Description.Column> columns = new ArrayList<>();
    for (DescribedType type : DescribedType.values()) {
      List<Description.Row> rows = new ArrayList<>();
      for (String level :
          type == DescribedType.CATEGORY ? List.of("<b>pro</b>", "2 other texts") : List.of("")) {
        List<Description.Figure> figures = new ArrayList<>();
        for (int j = 0; j < k; j++) {
          double share = 0.1 + 0.8 * j / k;
          double value = type == DescribedType.DATE ? 20_000 + 40 * j : share;
          figures.add(
              j == 1
                  ? new Description.Figure(0L, null, null, null, null, true, null, null, null)
                  : new Description.Figure(
                      9L + j,
                      value,
                      80.0 + j,
                      share - 0.4,
                      9.0 - j,
                      j == 2,
                      j == 2 ? 0.25 : 0.001,
                      new Interval(value - 0.05, value + 0.05),
                      new Interval(-0.25, j == 2 ? 0.125 : -0.125)));
        }
        rows.add(
            new Description.Row(
                level.isEmpty() ? null : level,
                level.startsWith("2"),
                type == DescribedType.DATE ? 20_100.0 : 0.4,
                figures));
      }
      columns.add(
          new Description.Column(
              "column of " + type,
              type,
              type == DescribedType.DATE ? 0.25 : 0.0,
              0.5,
              type == DescribedType.CATEGORY ? 0.5 : null,
              rows));
    }
    return new Description(columns, List.of("notes: no user has a value"));
  }

  /**
   * A persona of the new run.
   *
   * @param before its users then
   * @param stayed of these, those who are in it now
   * @param left of these, those who are gone
   * @param known its users now who were in the earlier run
   */
  private static PersonaDrift persona(
      Model.ClusterModel now,
      Change change,
      String previousName,
      Double shift,
      long before,
      long stayed,
      long left,
      long known) {
    boolean isNew = change == Change.NEW;
    return new PersonaDrift(
        now.id(),
        now.persona(),
        change,
        isNew ? null : (Integer) now.id(),
        previousName,
        shift,
        before,
        now.users(),
        before / 1000.0,
        now.share(),
        isNew ? null : (Double) ((double) stayed / before),
        isNew ? null : (Double) ((double) stayed / (before - left)),
        isNew ? null : 0.97,
        isNew ? null : (Double) ((double) left / before),
        (double) (now.users() - known) / now.users());
  }

  private ReportInput input() {
    int d = raw.length;
    int n = cluster.length;
    double[][] z = new double[d][n];
    double[] mean = new double[d];
    double[] deviation = new double[d];
    for (int f = 0; f < d; f++) {
      mean[f] = Arrays.stream(raw[f]).sum() / n;
      deviation[f] = SampleStatistics.sigma(raw[f]);
      for (int i = 0; i < n; i++) {
        z[f][i] = deviation[f] == 0 ? 0 : (raw[f][i] - mean[f]) / deviation[f];
      }
    }
    Model model = model(z, mean, deviation);
    List<ClusterPersona> tags = new ArrayList<>();
    for (Model.ClusterModel c : model.clusters()) {
      String runnerUp = names.get((c.id() + 1) % names.size());
      tags.add(
          new ClusterPersona(
              c.id(),
              new ClusterPersona.Name(c.persona(), c.declared(), c.strategy(), null),
              c.fit(),
              c.standsOut(),
              new ClusterPersona.RunnerUp(runnerUp, 0.41)));
    }
    return new ReportInput(
        model,
        tags,
        new ReportSample(raw, z, cluster, factor == 1),
        new ReportInput.Context(
            List.of(
                new Example(RejectReason.NOT_A_NUMBER, features.get(0), "u-17,<b>n/a</b>,30,11"),
                new Example(RejectReason.FIELD_COUNT, "", "=cmd(),\"\\u0000")),
            null,
            described(model.clusters().size())),
        new ReportInput.Settings("2026-10-31", RuleSettings.DEFAULT, Privacy.OFF));
  }

  private Model model(double[][] z, double[] mean, double[] deviation) {
    int n = cluster.length;
    ObjectMapper mapper = new ObjectMapper();
    ArrayNode clusters = mapper.createArrayNode();
    long[] users = new long[names.size()];
    double inertia = 0;
    for (int c = 0; c < names.size(); c++) {
      int id = c;
      users[c] = Arrays.stream(cluster).filter(other -> other == id).count();
      double[] centroid = means(z, c, users[c]);
      for (int i = 0; i < n; i++) {
        for (int f = 0; cluster[i] == c && f < raw.length; f++) {
          inertia += (z[f][i] - centroid[f]) * (z[f][i] - centroid[f]);
        }
      }
      boolean declared = c < strategies.size();
      ObjectNode node = clusters.addObject();
      node.put("id", c).put("persona", names.get(c)).put("declared", declared);
      node.put("strategy", declared ? strategies.get(c) : "");
      node.put("fit", declared ? 0.93 - 0.12 * c : 0).put("standsOut", "high " + features.get(0));
      node.put("users", users[c] * factor).put("share", users[c] / (double) n);
      node.set("centroid", mapper.valueToTree(centroid));
      node.set("rawMean", mapper.valueToTree(means(raw, c, users[c])));
    }
    ObjectNode model = mapper.createObjectNode();
    model.put("format", 1).put("program", "beam-personas 0.1.0");
    model
        .putObject("spec")
        .put("name", "image-platform-users")
        .put("description", "Monthly usage of an image-generation platform, as three personas")
        .put("digest", "5f1d7a84c4a2");
    model.put("status", "CONVERGED").put("start", "seeding").put("iterations", 6);
    model.put("inertia", inertia * factor).put("seed", 42).put("requestedK", names.size());
    ObjectNode ledger = model.putObject("ledger");
    ledger.put("read", n * factor + 14).put("assigned", n * factor);
    ledger.putObject("rejected").put("field_count", 3).put("not_a_number", 11);
    ledger.putObject("imputed").put(features.get(0), 7);
    ArrayNode columns = model.putArray("features");
    for (int f = 0; f < features.size(); f++) {
      ObjectNode column = columns.addObject();
      column.put("name", features.get(f)).put("transform", "none").put("missing", "mean");
      column.put("mean", mean[f]).put("deviation", deviation[f]).put("imputedValue", mean[f]);
    }
    model.set("clusters", clusters);
    model.putObject("unmatchedPersonas");
    addHistory(model.putArray("history"), users, inertia * factor);
    model.putArray("warnings");
    if (factor == 1 && n >= 1000) {
      addSelection(model.putObject("kSelection"), users.length);
    }
    try {
      return ModelJson.read("fixture", new ByteArrayInputStream(mapper.writeValueAsBytes(model)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void addSelection(ObjectNode selection, int k) {
    selection.put("requested", "auto").put("chosen", k).put("clear", true);
    selection.put(
        "reason", "k = " + k + " of 2..4: the largest whose clusters are stable and apart");
    selection.put("sampleUsers", 1000);
    ArrayNode stability = selection.putArray("clusterStability");
    ArrayNode intervals = selection.putArray("clusterStabilityInterval");
    ArrayNode candidates = selection.putArray("candidates");
    for (int c = 0; c < k; c++) {
      stability.add(0.97 - 0.01 * c);
      intervals.addObject().put("low", c == 1 ? 0.7 : 0.9 - 0.01 * c).put("high", 0.99);
    }
    for (int each = 2; each <= 4; each++) {
      ObjectNode row = candidates.addObject();
      row.put("k", each).put("stability", 1.2 - 0.15 * each).put("valley", 1.1 - 0.2 * each);
      row.put("answer", each < 4 ? "SEPARATE_GROUPS" : "NO_STABLE_PARTITION");
      row.put("stabilityLow", 1.1 - 0.2 * each).put("stabilityMedian", 1.2 - 0.2 * each);
      row.put("stabilityHigh", 1.3 - 0.2 * each).put("explained", 0.2 * each);
      if (each < 4) {
        row.put("inertia", 5003.25 / each).put("silhouette", 0.7 - 0.04 * each);
        row.put("daviesBouldin", 0.8).put("calinskiHarabasz", 1234.5 / each);
        row.put("smallestShare", 0.5 / each);
      }
    }
    selection.put("answer", "SEPARATE_GROUPS");
    addTree(selection.putObject("tree"), k);
  }

  /** Each segment but the first passes a tenth of its users on to the last one of the next k. */
  private static void addTree(ObjectNode tree, int chosen) {
    ArrayNode levels = tree.put("users", 1200).put("whole", false).putArray("levels");
    for (int k = 2; k <= 4; k++) {
      ObjectNode level = levels.addObject().put("k", k);
      if (k == chosen) {
        ArrayNode ids = level.putArray("ids");
        for (int id = k - 1; id >= 0; id--) {
          ids.add(id);
        }
      }
      ArrayNode users = level.putArray("users");
      for (int s = 0; s < k; s++) {
        users.add(1200 / k);
      }
      if (k > 2) {
        ArrayNode agreement = level.putArray("agreement");
        ArrayNode from = level.putArray("from");
        for (int s = 0; s < k; s++) {
          agreement.add(s == 0 ? 1 : 0.5);
        }
        for (int a = 0; a < k - 1; a++) {
          ArrayNode row = from.addArray();
          for (int b = 0; b < k; b++) {
            row.add(a == b ? 1200 / k : b == k - 1 ? 1200 / (k - 1) - 1200 / k : 0);
          }
        }
      }
    }
  }

  private void addHistory(ArrayNode history, long[] users, double inertia) {
    for (int pass = 1; pass <= 6; pass++) {
      ObjectNode node = history.addObject();
      node.put("iteration", pass).put("inertia", inertia * (1 + 0.8 / (pass * pass * pass)));
      node.put("largestShift", pass == 6 ? 0 : StrictMath.pow(10, -0.9 * pass)).put("reseeded", 0);
      if (pass > 1) {
        node.put("changedUsers", pass == 6 ? 0 : cluster.length * factor / (4L << pass));
      }
      ArrayNode sizes = node.putArray("users");
      Arrays.stream(users).forEach(size -> sizes.add(size * factor));
    }
  }

  private double[] means(double[][] columns, int c, long users) {
    double[] means = new double[columns.length];
    for (int f = 0; f < means.length; f++) {
      for (int i = 0; i < cluster.length; i++) {
        means[f] += cluster[i] == c ? columns[f][i] / users : 0;
      }
    }
    return means;
  }
}
