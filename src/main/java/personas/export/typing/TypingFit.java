package personas.export.typing;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import personas.export.typing.TypingInput.Column;
import personas.feature.shard.UserSample;
import personas.kmeans.LloydKernel;
import personas.model.Model;
import personas.model.Model.ClusterModel;
import personas.model.ProgramName;
import personas.model.score.ScoringModel;

/**
 * Fits a typing tool to a model and a sample of users. The users are sorted by their hashes: users
 * of even rank train the tool, and users of odd rank are held out to measure the accuracy.
 *
 * <p>The tool has the smallest number of columns with which the accuracy in cross-validation over
 * the training users reaches the target. If no number up to the limit reaches the target, the
 * number with the highest accuracy is used. If several numbers have the same accuracy, the smallest
 * one is used.
 */
public final class TypingFit {
  /** The maximum number of users in the sample. */
  public static final int MAX_USERS = 20_000;

  /** The minimum number of users in the sample. */
  public static final int MIN_USERS = 20;

  /**
   * The number of significant digits of a weight, and of decimals of a constant. Few digits keep a
   * formula short.
   */
  private static final int DIGITS = 6;

  private final Model model;
  private final ScoringModel scoring;
  private final List<Column> columns;
  private final double[][] raw;
  private final double[][] z;
  private final int[] personas;

  private TypingFit(Model model, ScoringModel scoring, double[][] raw) {
    this.model = model;
    this.scoring = scoring;
    this.columns = TypingInput.columns(model);
    this.raw = raw;
    double[][] standardized = scoring.standardizer().standardizeRows(raw);
    this.personas = nearest(standardized, raw.length);
    this.z = new double[raw.length][standardized.length];
    for (int i = 0; i < raw.length; i++) {
      for (int f = 0; f < standardized.length; f++) {
        z[i][f] = standardized[f][i];
      }
    }
  }

  /**
   * Returns a tool and its accuracy.
   *
   * @param sample raw values of all features of the model
   * @param limit the maximum number of columns
   * @param target the share of the training users, 0..1, that must get their persona in
   *     cross-validation
   * @throws IllegalArgumentException if the model has one persona, or the sample has too few users
   */
  public static TypingResult of(
      Model model, ScoringModel scoring, UserSample sample, int limit, double target) {
    if (model.clusters().size() < 2) {
      throw new IllegalArgumentException(
          "the model has one persona; a typing tool needs at least two");
    }
    double[][] rows = sample.first(MAX_USERS).rows();
    if (rows.length < MIN_USERS) {
      throw new IllegalArgumentException(
          "%,d users are too few for a typing tool; it needs at least %,d"
              .formatted(rows.length, MIN_USERS));
    }
    return new TypingFit(model, scoring, rows).result(limit, target);
  }

  /** Returns the index of the persona that {@code score} gives to each user. */
  private int[] nearest(double[][] standardized, int users) {
    LloydKernel kernel = new LloydKernel(scoring.centroids());
    int[] clusters = new int[users];
    int[] block = new int[LloydKernel.BLOCK];
    double[] squared = new double[LloydKernel.BLOCK];
    for (int from = 0; from < users; from += LloydKernel.BLOCK) {
      int count = Math.min(LloydKernel.BLOCK, users - from);
      kernel.nearest(standardized, from, count, block, squared);
      System.arraycopy(block, 0, clusters, from, count);
    }
    return clusters;
  }

  private TypingResult result(int limit, double target) {
    int[] training = IntStream.range(0, raw.length).filter(i -> i % 2 == 0).toArray();
    int[] heldOut = IntStream.range(0, raw.length).filter(i -> i % 2 == 1).toArray();
    TypingSearch search = search(training);
    List<TypingSearch.Best> sizes = search.bestOfEachSize(limit, target);
    TypingSearch.Best chosen = sizes.get(0);
    for (TypingSearch.Best best : sizes) {
      chosen = best.right() > chosen.right() ? best : chosen;
    }
    TypingTool tool = tool(chosen.columns(), search.fit(chosen.columns()));
    Counts counts = new Counts(tool, chosen.columns(), heldOut);
    return new TypingResult(
        TypingResult.FORMAT,
        ProgramName.TEXT,
        model.spec(),
        model.seed(),
        training.length,
        heldOut.length,
        columns.size(),
        search.isExhaustive() ? "exhaustive" : "forward",
        limit,
        target,
        sizes.stream().map(best -> size(best, training.length)).toList(),
        chosen.right() >= target * training.length,
        counts.accuracy(),
        counts.byPersona(),
        tool);
  }

  private TypingSearch search(int[] training) {
    return new TypingSearch(
        IntStream.of(training).mapToObj(i -> z[i]).toArray(double[][]::new),
        IntStream.of(training).map(i -> personas[i]).toArray(),
        scoring.centroids().toRows(),
        columns.stream().map(this::discriminating).toList());
  }

  private TypingResult.Size size(TypingSearch.Best best, int trainingUsers) {
    return new TypingResult.Size(
        best.columns().stream().map(c -> columns.get(c).input().column()).toList(),
        (double) best.right() / trainingUsers);
  }

  /**
   * Returns the features of a column that the discriminants use. For a category, the last typed
   * level is not used.
   */
  private int[] discriminating(Column column) {
    return column.features().stream()
        .filter(f -> model.features().get(f).unit() != 0 && f != reference(column))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /**
   * Returns the feature of the level whose weight is 0; -1 if the column does not hold categories.
   */
  private static int reference(Column column) {
    return column.input().kind() == TypingInput.Kind.LEVEL
        ? column.features().get(column.input().levels().size() - 1)
        : -1;
  }

  /** Converts discriminants of standardized values to scores of typed values. */
  private TypingTool tool(List<Integer> columnIndices, LinearDiscriminants fitted) {
    int last = fitted.personas() - 1;
    List<TypingTool.Score> scores = new ArrayList<>();
    for (int j = 0; j <= last; j++) {
      double constant = fitted.constant(j) - fitted.constant(last);
      List<List<Double>> weights = new ArrayList<>();
      int next = 0;
      for (int columnIndex : columnIndices) {
        Column column = columns.get(columnIndex);
        double[] weightPerUnit = new double[model.features().size()];
        for (int f : discriminating(column)) {
          // Only differences between scores matter, so the last score is subtracted from all
          // scores.
          double weight = fitted.weight(j, next) - fitted.weight(last, next);
          weightPerUnit[f] = rounded(weight / model.features().get(f).unit());
          constant -= weightPerUnit[f] * model.features().get(f).mean();
          next++;
        }
        weights.add(weights(column, weightPerUnit));
      }
      scores.add(
          new TypingTool.Score(
              BigDecimal.valueOf(constant).setScale(DIGITS, RoundingMode.HALF_EVEN).doubleValue(),
              weights));
    }
    return new TypingTool(
        columnIndices.stream().map(columnIndex -> columns.get(columnIndex).input()).toList(),
        List.copyOf(scores));
  }

  private List<Double> weights(Column column, double[] weightPerUnit) {
    if (column.input().kind() != TypingInput.Kind.LEVEL) {
      return List.of(weightPerUnit[column.features().get(0)]);
    }
    List<Double> weights = new ArrayList<>();
    for (int level = 0; level < column.input().levels().size(); level++) {
      weights.add(weightPerUnit[column.features().get(level)]);
    }
    double missing = 0;
    if (column.missingLevel() >= 0) {
      missing = weightPerUnit[column.features().get(column.missingLevel())];
    } else {
      for (int f : column.features()) {
        missing += weightPerUnit[f] * model.features().get(f).valueOfMissing();
      }
    }
    weights.add(rounded(missing));
    return Collections.unmodifiableList(weights);
  }

  private static double rounded(double value) {
    return BigDecimal.valueOf(value)
        .round(new MathContext(DIGITS, RoundingMode.HALF_EVEN))
        .doubleValue();
  }

  /** Counts the held-out users by their persona and by the persona that the tool gives. */
  private final class Counts {
    private final long[] users;
    private final long[] typed;
    private final long[] right;
    private final int total;

    Counts(TypingTool tool, List<Integer> columnIndices, int[] heldOut) {
      int k = model.clusters().size();
      users = new long[k];
      typed = new long[k];
      right = new long[k];
      total = heldOut.length;
      for (int i : heldOut) {
        double[] values =
            columnIndices.stream().mapToDouble(c -> columns.get(c).value(raw[i])).toArray();
        int persona = tool.persona(values);
        users[personas[i]]++;
        if (persona != TypingTool.REFUSED) {
          typed[persona]++;
        }
        if (persona == personas[i]) {
          right[persona]++;
        }
      }
    }

    double accuracy() {
      long sum = 0;
      for (long count : right) {
        sum += count;
      }
      return (double) sum / total;
    }

    List<TypingResult.PersonaAccuracy> byPersona() {
      return IntStream.range(0, users.length)
          .mapToObj(
              j -> {
                ClusterModel cluster = model.clusters().get(j);
                return new TypingResult.PersonaAccuracy(
                    cluster.id(),
                    cluster.persona(),
                    cluster.strategy(),
                    users[j],
                    typed[j],
                    right[j],
                    users[j] == 0 ? null : (double) right[j] / users[j],
                    typed[j] == 0 ? null : (double) right[j] / typed[j]);
              })
          .toList();
    }
  }
}
