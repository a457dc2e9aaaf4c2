package personas.report.data;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import personas.confidence.Interval;
import personas.describe.Description;
import personas.model.Model;
import personas.model.StickinessPrice;
import personas.model.compare.Drift;

/**
 * Everything that {@code report.html} shows and {@code report.json} holds. The keys of the file are
 * the names of the record components, in this order. The index of a feature or a persona is its
 * index in the list {@code features} or {@code personas}, from 0. A share is in 0..1. A figure that
 * does not exist, such as the fit of a generated name, is null.
 *
 * @param format number of the file format, {@code ReportJson.FORMAT}
 * @param program name and version of the program that trained the model
 * @param run the run and its outcome
 * @param ledger counts of read, assigned and rejected records
 * @param sample the sample that gives the figures that are not exact
 * @param features the d features
 * @param personas the k personas, by cluster id
 * @param importance how much each column contributes to the personas, the most important first
 * @param ruleSet rules that give each user exactly one persona; null if there is one persona
 * @param distributions one histogram per feature
 * @param scatter the points of the scatter plots
 * @param convergence the figures of each pass over the users
 * @param kSelection the choice of k
 * @param drift what changed since the previous run, as in drift.json; null if there is no previous
 *     run
 * @param stickiness the price of holding users in their previous persona; null if no user is held
 * @param described the figures of the described columns; null if the spec does not describe columns
 * @param atypical which users are far from their centroid; null if the model does not say
 * @param privacy what the report hides; null with {@code privacy: off}
 * @param decision the verdict and the actions of the first screen
 * @param warnings what a reader should know before using the segments
 * @param definitions definitions of the terms that the page uses
 * @param sections data of sections that only the section itself uses, by the id of the section
 */
public record ReportData(
    int format,
    String program,
    Run run,
    Ledger ledger,
    Sample sample,
    List<Feature> features,
    List<Persona> personas,
    List<Importance> importance,
    @JsonInclude(JsonInclude.Include.NON_NULL) RuleSet ruleSet,
    List<Distribution> distributions,
    Scatter scatter,
    Convergence convergence,
    KComparison kSelection,
    Drift drift,
    @JsonInclude(JsonInclude.Include.NON_NULL) StickinessPrice stickiness,
    @JsonInclude(JsonInclude.Include.NON_NULL) Description described,
    @JsonInclude(JsonInclude.Include.NON_NULL) AtypicalUsers atypical,
    @JsonInclude(JsonInclude.Include.NON_NULL) PrivacyNote privacy,
    Decision decision,
    List<Warning> warnings,
    List<Definition> definitions,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, Object> sections) {

  public ReportData {
    // A report of an earlier version has no such key.
    sections =
        sections == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(sections));
  }

  /** Returns whether the report and a model come from the same run. */
  public boolean isOf(Model model) {
    return run.specDigest.equals(model.spec().digest())
        && run.users == model.ledger().users()
        && run.inertia == model.inertia()
        && run.iterations == model.iterations()
        && hasNames(model.clusters().stream().map(Model.ClusterModel::persona).toList());
  }

  /**
   * Returns whether all names are the names of the model. A hidden persona may have another name.
   */
  private boolean hasNames(List<String> names) {
    boolean same = names.size() == personas.size();
    for (int i = 0; same && i < names.size(); i++) {
      Persona persona = personas.get(i);
      same = persona.users == null || persona.name.equals(names.get(i));
    }
    return same;
  }

  /**
   * The run and its outcome.
   *
   * @param spec name of the segmentation
   * @param description description of the segmentation; may be empty
   * @param specDigest SHA-256 of the meaning of the spec
   * @param dataDate date of the data as text; may be empty
   * @param users number of assigned users; exact
   * @param status {@code CONVERGED} or {@code MAX_ITERATIONS}
   * @param statusMeaning the status as a sentence
   * @param iterations number of iterations over all users
   * @param inertia sum of squared distances to the centroids, in standardized units; exact
   * @param explained share of the total variance that lies between the personas; exact; null if
   *     every feature is constant
   * @param silhouette mean silhouette of all users by squared Euclidean distance, -1..1; exact if
   *     the model has metrics, otherwise from the sample; null if k is 1
   * @param seed seed of every random draw
   */
  public record Run(
      String spec,
      String description,
      String specDigest,
      String dataDate,
      long users,
      String status,
      String statusMeaning,
      int iterations,
      double inertia,
      Double explained,
      Double silhouette,
      long seed) {}

  /**
   * The counts of records: {@code read = assigned + rejected}.
   *
   * @param reasons why records were rejected, in the order of the checks
   * @param imputed the imputed values, in feature order
   * @param examples a few rejected records
   */
  public record Ledger(
      long read,
      long assigned,
      long rejected,
      List<Reason> reasons,
      List<Imputed> imputed,
      List<Example> examples) {}

  /** The number of records that were rejected for one reason; null if it is hidden. */
  public record Reason(String reason, Long records) {}

  /**
   * The missing values of one feature.
   *
   * @param feature index of the feature
   * @param values number of missing values
   * @param imputedValue the imputed value, raw; null if it is hidden
   */
  public record Imputed(int feature, long values, @JsonProperty("standIn") Double imputedValue) {}

  /**
   * A rejected record. The file rejected-*.csv holds its position.
   *
   * @param reason code of the reason
   * @param field the column; empty if the reason concerns the whole record
   * @param record the beginning of the record with escaped control characters; masked unless {@code
   *     privacy: off}
   */
  public record Example(String reason, String field, String record) {}

  /**
   * The sample that gives the figures that are not exact.
   *
   * @param users number of users in the sample
   * @param whole whether the sample holds all users, so that every figure is exact
   * @param points number of users in the scatter plots
   * @param note a sentence that says which figures come from the sample
   */
  public record Sample(int users, boolean whole, int points, String note) {}

  /**
   * One column that was clustered.
   *
   * @param name the column
   * @param label name of the column for a reader
   * @param transform {@code none} or {@code log1p}, applied before standardizing
   * @param constant whether all users have the same value
   * @param missing share of the users without a value, 0..1; exact; null if it is hidden. Mean,
   *     median, σ, axes and histograms skip these users
   * @param mean mean of all users with a value, raw; exact; null if it is hidden
   * @param median median of the sample, raw; null if the sample holds no value or it is hidden
   * @param sigma population standard deviation of the sample, raw; null if the median is null
   * @param explained share of the feature's variance that lies between the personas; exact
   * @param linear linear axis of the pictures
   * @param log logarithmic axis; null if it would not show more than the linear axis: a value is
   *     negative, no value is above 0, or there are at most two different values
   * @param skewed whether pictures start with the logarithmic axis
   * @param discrete whether the sample has so few different values that marks overlap in a picture
   * @param level what a user with the value 1 has: a level of a category, or {@code yes}. Then the
   *     mean is the share of these users. Null for numbers
   * @param unit unit of the values, such as EUR; null if the spec does not give a unit
   */
  public record Feature(
      String name,
      String label,
      String transform,
      boolean constant,
      Double missing,
      Double mean,
      Double median,
      Double sigma,
      double explained,
      Axis linear,
      Axis log,
      boolean skewed,
      boolean discrete,
      @JsonInclude(JsonInclude.Include.NON_NULL) String level,
      @JsonInclude(JsonInclude.Include.NON_NULL) String unit) {}

  /**
   * The contribution of one column to the personas.
   *
   * @param label the name of the column for a reader
   * @param features the feature of a number, or the features of all levels of a category
   * @param explained share of the column's variance that lies between the personas, 0..1; exact
   * @param silhouetteDrop how much smaller the mean silhouette of the sample is if distances skip
   *     the column and all users stay in their personas. A negative drop means that the personas
   *     are further apart without the column. Null if there is only one column or one persona
   */
  public record Importance(
      String label, List<Integer> features, double explained, Double silhouetteDrop) {}

  /**
   * One persona.
   *
   * @param id id of the cluster
   * @param name name of the persona
   * @param declared whether the spec declares the name; otherwise the run generated it
   * @param users number of users; exact. In a hidden persona, this and all other figures are null
   * @param share share of all users; exact
   * @param summary a sentence that describes the users
   * @param strategy what to do for these users; may be empty
   * @param z the centroid, d standardized values; exact
   * @param missing d shares of the persona's users without a value, 0..1; exact
   * @param mean d raw means of the persona's users with a value; exact; null if there is no value
   * @param index d figures {@code 100 · mean / mean of all users}; exact; null if a user may have a
   *     value below 0, if the mean of all users is 0, or if there is no mean
   * @param median d raw medians of the persona's users in the sample
   * @param sigma d raw standard deviations of the persona's users in the sample
   * @param setsApart indices of at most three features that set the persona apart, strongest first
   * @param neighbor the nearest persona; null if k is 1
   * @param fit how well the declared profile fits, 0..1; null for a generated name
   * @param runnerUp the profile that fits second best; null if it is unknown
   * @param silhouette mean silhouette of the persona's users in the sample
   * @param stability mean bootstrap Jaccard similarity, 0..1; null if the model does not say
   * @param rule a rule that finds the persona's users; null if there is none
   * @param intervals confidence intervals; null in a report of an earlier version
   */
  public record Persona(
      int id,
      String name,
      boolean declared,
      Long users,
      Double share,
      String summary,
      String strategy,
      List<Double> z,
      List<Double> missing,
      List<Double> mean,
      List<Double> index,
      List<Double> median,
      List<Double> sigma,
      List<Integer> setsApart,
      @JsonProperty("neighbour") Neighbor neighbor,
      Double fit,
      RunnerUp runnerUp,
      Double silhouette,
      Double stability,
      Rule rule,
      Intervals intervals) {}

  /**
   * The 95% confidence intervals of a persona's figures; null if there are too few users. See
   * {@link personas.confidence.UserBootstrap}.
   *
   * @param share interval of the share of all users
   * @param stability interval of the stability; null if the model does not say
   * @param differences d intervals of {@code mean} minus the mean of all users, raw
   */
  public record Intervals(Interval share, Interval stability, List<Interval> differences) {

    /** Returns whether the interval of a feature's difference from all users excludes 0. */
    public boolean isSure(int feature) {
      Interval difference = differences.get(feature);
      return difference != null && difference.excludes(0);
    }
  }

  /**
   * The nearest persona.
   *
   * @param persona index of the persona
   * @param distance distance between the centroids, in standardized units
   * @param separation separation of the two personas, see {@code ClusterSeparation}; null if it is
   *     not defined
   */
  public record Neighbor(int persona, double distance, Double separation) {}

  /**
   * The declared profile that fits second best.
   *
   * @param name name of the profile
   * @param fit fit of the profile
   * @param margin fit of the persona's own profile minus this fit; null for a generated name
   */
  public record RunnerUp(String name, double fit, Double margin) {}

  /**
   * A rule on raw values that finds the users of one persona, judged on the sample.
   *
   * @param sql the condition of a WHERE clause
   * @param coverage share of the persona's users that the rule finds (recall)
   * @param precision share of the found users who belong to the persona
   */
  public record Rule(String sql, double coverage, double precision) {}

  /**
   * Rules that give each user exactly one persona: each user meets exactly one rule. The search
   * uses two thirds of the sample. The other users, who are held out, judge the rules.
   *
   * @param depth the maximum number of questions that decide the persona of a user
   * @param trainingUsers number of sampled users that the search used
   * @param heldOutUsers number of sampled users that judge the rules
   * @param accuracy share of the held-out users to whom the rules give their own persona; null
   *     without held-out users
   * @param largestShare share of the held-out users in the largest persona. This would be the
   *     accuracy if every user got the largest persona. Null without held-out users
   * @param rules the rules in the order of the personas; a persona may have none, one or several
   * @param personas coverage and precision of each persona among the held-out users
   * @param dialect the database of the SQL; null for standard SQL
   * @param sql all rules as a {@code CASE} expression that gives the name of the persona
   */
  public record RuleSet(
      int depth,
      int trainingUsers,
      int heldOutUsers,
      Double accuracy,
      Double largestShare,
      List<SetRule> rules,
      List<FoundUsers> personas,
      @JsonInclude(JsonInclude.Include.NON_NULL) String dialect,
      String sql) {}

  /**
   * One rule of the set.
   *
   * @param persona index of the persona that the rule gives
   * @param words the condition for a reader
   * @param sql the condition of a WHERE clause, which also covers users without a value
   * @param share share of the sample that meets the rule
   */
  public record SetRule(int persona, String words, String sql, double share) {}

  /**
   * Coverage and precision of the rules for one persona.
   *
   * @param users number of held-out users of the persona; null if all figures of the persona are
   *     hidden
   * @param coverage share of these users to whom the rules give the persona; null without users
   * @param precision share of users who belong to the persona, among the held-out users to whom the
   *     rules give the persona; null if the rules do not give the persona to any user
   */
  public record FoundUsers(Integer users, Double coverage, Double precision) {}

  /**
   * A histogram: the share of users per bin. Each row adds up to 1 except for rounding. A row is
   * empty if no user has a value.
   *
   * @param log whether the bins are equally wide on the logarithmic axis
   * @param edges raw edges of the bins, one more than there are bins
   * @param all shares of all users in the sample
   * @param personas k rows with the shares of each persona
   */
  public record Distribution(
      boolean log, List<Double> edges, List<Double> all, List<List<Double>> personas) {}

  /**
   * The points of the scatter plots.
   *
   * @param x index of the feature that is shown first on the horizontal axis
   * @param y index of the feature that is shown first on the vertical axis; null if d is 1
   * @param cluster index of the persona of each point
   * @param raw d columns of values with four significant digits, on the grid of {@code privacy};
   *     null for a missing value
   * @param components the first two principal components; null if d is 1
   */
  public record Scatter(
      int x, Integer y, List<Integer> cluster, List<List<Double>> raw, Components components) {}

  /**
   * Principal components of the standardized sample.
   *
   * @param share share of the variance that each of the two components explains
   * @param loadings two rows of d loadings
   * @param axes the two axes of the picture
   * @param points two columns of scores, rounded to 1/1000
   * @param centroids two columns of k scores; null for a hidden persona
   */
  public record Components(
      List<Double> share,
      List<List<Double>> loadings,
      List<Axis> axes,
      List<List<Double>> points,
      List<List<Double>> centroids) {}

  /**
   * The passes over the users.
   *
   * @param passes the figures of each full pass; exact
   * @param inertia axis of the inertia
   * @param shift axis of the largest shift
   * @param changed axis of the users who changed persona
   * @param sentence the outcome as a sentence
   */
  public record Convergence(
      List<Pass> passes, Axis inertia, Axis shift, Axis changed, String sentence) {}

  /**
   * One full pass over the users.
   *
   * @param largestShift distance of the centroid that moved most, in standard deviations
   * @param changed number of users whose cluster changed; null in the first pass or if it is hidden
   */
  public record Pass(int iteration, double inertia, double largestShift, Long changed) {}

  /**
   * The outliers of the personas.
   *
   * @param rule a sentence that says which users are outliers
   * @param personas k rows
   */
  public record AtypicalUsers(String rule, List<AtypicalPersona> personas) {}

  /**
   * The outliers of one persona. Hidden figures are null.
   *
   * @param edge the distance to the centroid above which a user is an outlier, in standard
   *     deviations; exact
   * @param users number of outliers; exact
   * @param share share of the persona's users
   */
  public record AtypicalPersona(Double edge, Long users, Double share) {}

  /**
   * What the report hides, because people pass reports on.
   *
   * @param minGroup the smallest number of users for which the report shows figures
   * @param grid number of even cells of an axis; a user's value is drawn in the middle of a cell
   * @param note the rules as sentences
   */
  public record PrivacyNote(int minGroup, int grid, String note) {}

  /**
   * A warning for the reader.
   *
   * @param kind stable code of the kind
   * @param text the warning as sentences
   * @param serious whether a plan that is based on the segments could go wrong
   */
  public record Warning(String kind, String text, boolean serious) {
    /** Creates a warning that is not serious. */
    public Warning(String kind, String text) {
      this(kind, text, false);
    }
  }

  /**
   * The verdict and the actions of the first screen.
   *
   * @param verdict how far the segments can be trusted
   * @param actions sentences on what to do, the first one first
   */
  public record Decision(String verdict, List<String> actions) {}

  /**
   * The definition of a term of the page.
   *
   * @param id stable code
   * @param term the term as the page writes it
   * @param text the definition
   */
  public record Definition(String id, String term, String text) {}
}
