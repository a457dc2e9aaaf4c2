package personas.report.rule;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import personas.report.data.ReportData.FoundUsers;
import personas.report.data.ReportData.RuleSet;
import personas.report.data.ReportData.SetRule;
import personas.report.data.ReportSample;
import personas.text.sql.SqlDialect;

/**
 * Builds a set of rules that gives each user exactly one persona. Each rule is a leaf of a decision
 * tree. The search for the tree uses two thirds of the sample, and the other third judges the tree.
 * The sample is in the order of the hashes of the ids, so the choice of the held-out users does not
 * depend on the order of the input.
 */
public final class RuleSetBuilder {
  /** Every third user is held out. */
  private static final int HELD_OUT = 3;

  private final ReportSample sample;
  private final List<RuleFeature> features;
  private final int k;

  /** Raw values, d columns, with imputed values in place of missing ones. */
  private final double[][] values;

  /**
   * Prepares the rules of a sample.
   *
   * @param features the d features
   * @param k the number of personas
   */
  public RuleSetBuilder(ReportSample sample, List<RuleFeature> features, int k) {
    this.sample = sample;
    this.features = features;
    this.k = k;
    this.values = new double[sample.d()][sample.size()];
    for (int f = 0; f < sample.d(); f++) {
      double imputed = features.get(f).imputedValue();
      for (int i = 0; i < sample.size(); i++) {
        double value = sample.raw(f, i);
        values[f][i] = Double.isNaN(value) ? (Double.isNaN(imputed) ? 0 : imputed) : value;
      }
    }
  }

  /** Returns whether the user at an index of the sample is held out. */
  static boolean isHeldOut(int user) {
    return user % HELD_OUT == HELD_OUT - 1;
  }

  /**
   * Returns the rules.
   *
   * @param depth the maximum number of questions that decide the persona of a user
   * @param names names of the k personas
   * @param dialect the database that runs the SQL; null for standard SQL
   * @return null if there is only one persona or no user
   */
  public RuleSet build(int depth, List<String> names, SqlDialect dialect) {
    int[] training = users(user -> !isHeldOut(user));
    if (k < 2 || training.length == 0) {
      return null;
    }
    RuleNode tree = search(training).find(depth);
    List<SetRule> rules = rules(tree);
    int[] heldOut = users(RuleSetBuilder::isHeldOut);
    int[][] confusion = confusion(tree, heldOut);
    return new RuleSet(
        depth,
        training.length,
        heldOut.length,
        share(IntStream.range(0, k).map(j -> confusion[j][j]).sum(), heldOut.length),
        share(
            IntStream.range(0, k).map(j -> usersOf(confusion, j)).max().orElse(0), heldOut.length),
        rules,
        IntStream.range(0, k).mapToObj(j -> found(confusion, j)).toList(),
        dialect == null ? null : dialect.lowerCase(),
        caseOf(rules, names, dialect));
  }

  private int[] users(IntPredicate condition) {
    return IntStream.range(0, sample.size()).filter(condition).toArray();
  }

  private TreeSearch search(int[] training) {
    double[][] trainingValues = new double[values.length][training.length];
    int[] clusters = new int[training.length];
    for (int i = 0; i < training.length; i++) {
      clusters[i] = sample.cluster(training[i]);
      for (int f = 0; f < trainingValues.length; f++) {
        trainingValues[f][i] = values[f][training[i]];
      }
    }
    return new TreeSearch(new SplitBins(trainingValues, clusters, k), clusters, k);
  }

  /** Returns the number of users by their own persona (rows) and by the rules (columns). */
  private int[][] confusion(RuleNode tree, int[] users) {
    int[][] confusion = new int[k][k];
    for (int user : users) {
      confusion[sample.cluster(user)][tree.leafOf(values, user).persona()]++;
    }
    return confusion;
  }

  private static int usersOf(int[][] confusion, int persona) {
    return IntStream.of(confusion[persona]).sum();
  }

  private FoundUsers found(int[][] confusion, int persona) {
    int users = usersOf(confusion, persona);
    int found = IntStream.range(0, k).map(j -> confusion[j][persona]).sum();
    int right = confusion[persona][persona];
    return new FoundUsers(users, share(right, users), share(right, found));
  }

  private static Double share(int part, int whole) {
    return whole == 0 ? null : (Double) (part / (double) whole);
  }

  /**
   * A leaf of the tree, and the ranges of values that lead to the leaf, by the index of the
   * feature.
   */
  private record Path(RuleNode.Leaf leaf, Map<Integer, ValueRange> ranges) {}

  private List<SetRule> rules(RuleNode tree) {
    List<Path> paths = new ArrayList<>();
    collect(tree, new TreeMap<>(), paths);
    IdentityHashMap<RuleNode.Leaf, Integer> users = new IdentityHashMap<>();
    for (int i = 0; i < sample.size(); i++) {
      users.merge(tree.leafOf(values, i), 1, Integer::sum);
    }
    paths.sort(Comparator.comparingInt(path -> path.leaf.persona()));
    return paths.stream()
        .map(
            path ->
                new SetRule(
                    path.leaf.persona(),
                    clauses(path),
                    sql(path),
                    users.getOrDefault(path.leaf, 0) / (double) sample.size()))
        .toList();
  }

  private static void collect(RuleNode node, Map<Integer, ValueRange> ranges, List<Path> paths) {
    if (node instanceof RuleNode.Leaf leaf) {
      paths.add(new Path(leaf, ranges));
    } else if (node instanceof RuleNode.Question question) {
      int feature = question.feature();
      ValueRange range = ranges.getOrDefault(feature, ValueRange.ALL);
      Map<Integer, ValueRange> atLeast = new TreeMap<>(ranges);
      atLeast.put(feature, range.atLeast(question.threshold()));
      collect(question.atLeast(), atLeast, paths);
      Map<Integer, ValueRange> below = new TreeMap<>(ranges);
      below.put(feature, range.below(question.threshold()));
      collect(question.below(), below, paths);
    }
  }

  private String clauses(Path path) {
    return path.ranges.isEmpty()
        ? "everybody"
        : path.ranges.entrySet().stream()
            .map(range -> range.getValue().clause(features.get(range.getKey())))
            .collect(Collectors.joining(" and "));
  }

  private String sql(Path path) {
    return path.ranges.isEmpty()
        ? "1 = 1"
        : path.ranges.entrySet().stream()
            .map(range -> range.getValue().sql(features.get(range.getKey())))
            .collect(Collectors.joining(" AND "));
  }

  /**
   * Returns the rules as one {@code CASE} expression. The expression has no {@code ELSE}, because
   * each user of the run meets a rule. For a record that the run would reject, the value is NULL.
   *
   * @param names names of the personas
   * @param dialect the database that runs the SQL; null for standard SQL
   */
  public static String caseOf(List<SetRule> rules, List<String> names, SqlDialect dialect) {
    StringBuilder text = new StringBuilder("CASE");
    for (SetRule rule : rules) {
      text.append("\n  WHEN ").append(rule.sql()).append("\n    THEN ");
      text.append(RuleColumn.text(names.get(rule.persona()), dialect));
    }
    return text.append("\nEND").toString();
  }
}
