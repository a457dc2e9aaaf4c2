package personas.report.data;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import personas.confidence.Interval;
import personas.describe.Description;
import personas.model.Model;
import personas.model.StickinessPrice;
import personas.model.compare.Drift;

/**
 * Everything that {@code report.html} shows, and exactly what {@code report.json} holds: the keys
 * are the names of the components here, in this order. Features and personas are referred to by
 * their index in {@code features} and {@code personas}; a share is in 0..1; a figure that does not
 * exist (the median of no user, the fit of a made name) is null.
 *
 * @param format of this file, {@code ReportJson.FORMAT}
 * @param program which program trained the model
 * @param run what was run and how it ended
 * @param ledger what became of the records
 * @param sample what the figures that are not exact come from
 * @param features d features
 * @param personas k personas, by cluster id
 * @param importance how much each column tells the personas apart, the most important first
 * @param ruleSet rules that give each user exactly one persona; null if there is one persona
 * @param distributions d histograms
 * @param scatter the points of the pictures
 * @param convergence how the iterations went
 * @param kSelection how k was chosen
 * @param drift what changed since an earlier run, as in drift.json; null where there was none
 * @param stickiness what it costs that users keep their previous persona; null if no user is held
 * @param described the figures of the personas in the described columns; null if the spec does not
 *     describe columns
 * @param atypical which users are far from their centroid; null if the model does not say
 * @param privacy what the report hides; null if it shows single users
 * @param decision what to do with the personas
 * @param warnings what a reader should know before using the segments
 * @param definitions of the terms that the page uses
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
    List<Definition> definitions) {

  /** Whether this is the report of a model: both come from the same run. */
  public boolean isOf(Model model) {
    return run.specDigest.equals(model.spec().digest())
        && run.users == model.ledger().users()
        && run.inertia == model.inertia()
        && run.iterations == model.iterations()
        && hasNames(model.clusters().stream().map(Model.ClusterModel::persona).toList());
  }

  /** A hidden persona may have another name than in the model. */
  private boolean hasNames(List<String> names) {
    boolean same = names.size() == personas.size();
    for (int i = 0; same && i < names.size(); i++) {
      Persona persona = personas.get(i);
      same = persona.users == null || persona.name.equals(names.get(i));
    }
    return same;
  }

  /**
   * What was run and how it ended.
   *
   * @param spec name of the specification
   * @param description its description; may be empty
   * @param specDigest SHA-256 of its meaning
   * @param dataDate date of the data as text; may be empty
   * @param users that were assigned; exact
   * @param status {@code CONVERGED} or {@code MAX_ITERATIONS}
   * @param statusMeaning the same for a reader
   * @param iterations full passes; exact
   * @param inertia sum of squared distances to the centroids, standardised units; exact
   * @param explained share of the total variance that lies between the personas; exact; null where
   *     no feature varies
   * @param silhouette mean over all users, squared Euclidean, -1..1; exact; null where k is 1. Of
   *     the sample where a model has no metrics
   * @param seed of every random draw
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
   * What became of the records: {@code read = assigned + rejected}.
   *
   * @param reasons why records were rejected, in the order of the checks
   * @param imputed missing values that something stands in for, in feature order
   * @param examples a few rejected records
   */
  public record Ledger(
      long read,
      long assigned,
      long rejected,
      List<Reason> reasons,
      List<Imputed> imputed,
      List<Example> examples) {}

  /** Records that were rejected for one reason; their number is null if it is hidden. */
  public record Reason(String reason, Long records) {}

  /** Missing values of one feature, and the raw value in their place. */
  public record Imputed(int feature, long values, Double standIn) {}

  /**
   * A rejected record; where it stands says rejected-*.csv.
   *
   * @param reason why
   * @param field the column; empty where it is about the record
   * @param record its beginning, control characters escaped; masked unless {@code privacy: off}
   */
  public record Example(String reason, String field, String record) {}

  /**
   * What the figures that are not exact come from.
   *
   * @param users in the sample
   * @param whole whether these are all users, so that every figure is exact
   * @param points of these in the pictures
   * @param note the same in a sentence
   */
  public record Sample(int users, boolean whole, int points, String note) {}

  /**
   * One column that was clustered.
   *
   * @param name the column
   * @param label the name for a reader
   * @param transform {@code none} or {@code log1p}, before standardising
   * @param constant whether all users have the same value
   * @param missing share of the users without a value, 0..1; exact. Mean, median, σ, axes,
   *     histograms and rules are of the others
   * @param mean of all users with a value, raw; exact; null if it is hidden, and so are missing,
   *     median and sigma of few users
   * @param median of the sample, raw; null if it holds no value
   * @param sigma population standard deviation of the sample, raw; likewise
   * @param explained share of the feature's variance that lies between the personas; exact
   * @param linear axis of the pictures
   * @param log logarithmic axis; null where a value is negative or all are zero
   * @param skewed whether a logarithmic axis shows more
   * @param discrete whether the sample holds so few different values that users lie on each other
   *     in a picture
   * @param level what the users with the value 1 have: a level of a category, or {@code yes}; the
   *     mean is then their share. Null for numbers
   * @param unit what follows a figure; null where the spec does not say
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
   * What one column contributes to the personas.
   *
   * @param label the name of the column for a reader
   * @param features the feature of the column, or those of all levels of a category
   * @param explained share of the column's variance that lies between the personas, 0..1; exact
   * @param silhouetteDrop how much smaller the mean silhouette of the sample is if distances leave
   *     the column out and all users stay in their personas; below 0 if the personas are further
   *     apart without it; null if there is no other column or no second persona
   */
  public record Importance(
      String label, List<Integer> features, double explained, Double silhouetteDrop) {}

  /**
   * One persona.
   *
   * @param id cluster
   * @param name of the persona
   * @param declared whether the specification names it; else it was made from what stands out
   * @param users exact; null if they are too few to speak of, and so is every other figure
   * @param share of all users; exact
   * @param summary what it does, in a sentence
   * @param strategy may be empty
   * @param z centroid, standardised, d; exact
   * @param missing shares of its users without a value, 0..1, d; exact
   * @param mean of its users with a value, raw, d; exact; null where there is none
   * @param index {@code 100 · mean / mean of all users}, d; exact; null if a user may have a value
   *     below 0, if the mean of all users is 0, or if there is no mean
   * @param median of its users in the sample, raw, d
   * @param sigma of its users in the sample, raw, d
   * @param setsApart features that set it apart, strongest first, at most three
   * @param neighbour the nearest persona; null where k is 1
   * @param fit how well the profile fits, 0..1; null for a made name
   * @param runnerUp the profile that fits second best; null where not known
   * @param silhouette of its users in the sample
   * @param stability bootstrap Jaccard, 0..1; null where the model does not say
   * @param rule to find its users; null where there is none
   * @param intervals how sure its figures are; null in a report of an earlier version
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
      Neighbour neighbour,
      Double fit,
      RunnerUp runnerUp,
      Double silhouette,
      Double stability,
      Rule rule,
      Intervals intervals) {}

  /**
   * How sure the figures of a persona are: 95% intervals, null where there are too few users. See
   * {@link personas.confidence.UserBootstrap}.
   *
   * @param share of the share of all users
   * @param stability of the stability; null where the model does not say
   * @param differences of {@code mean} minus the mean of all users, raw, d
   */
  public record Intervals(Interval share, Interval stability, List<Interval> differences) {

    /** Whether the persona's users differ from all users in a feature by more than chance. */
    public boolean isSure(int feature) {
      Interval difference = differences.get(feature);
      return difference != null && difference.excludes(0);
    }
  }

  /**
   * The persona that lies nearest.
   *
   * @param persona index
   * @param distance between the centroids, standardised units
   * @param separation of the two clouds, see {@code ClusterSeparation}; null where a cloud has no
   *     spread
   */
  public record Neighbour(int persona, double distance, Double separation) {}

  /**
   * The declared profile that fits second best.
   *
   * @param name of the profile
   * @param fit of it
   * @param margin fit of the own profile less this one; null for a made name
   */
  public record RunnerUp(String name, double fit, Double margin) {}

  /**
   * A rule on raw values, judged on the sample.
   *
   * @param sql condition, ready for a WHERE
   * @param coverage share of the persona's users that it finds
   * @param precision share of the users that it finds that are the persona's
   */
  public record Rule(String sql, double coverage, double precision) {}

  /**
   * Rules that give each user exactly one persona: they exclude each other, and each user meets
   * one. They were found on two thirds of the sample and are judged on the other users, who are
   * held out.
   *
   * @param depth the most questions that decide the persona of a user
   * @param trainingUsers of the sample that the rules were found on
   * @param heldOutUsers of the sample that the rules are judged on
   * @param accuracy share of the held-out users whose persona the rules give; null without any
   * @param largestShare share of the held-out users in the largest persona: the accuracy of one
   *     persona for everybody; null without any
   * @param rules in the order of the personas; a persona has one, several or none
   * @param personas what the rules find of each persona, among the held-out users
   * @param dialect the database of the SQL; null for standard SQL
   * @param sql all rules as a {@code CASE} whose value is the name of the persona
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
   * @param persona index of the persona that its users get
   * @param words the condition for a reader
   * @param sql the condition for a WHERE, which also says where users without a value belong
   * @param share of the sample that meets it
   */
  public record SetRule(int persona, String words, String sql, double share) {}

  /**
   * What the rules find of a persona.
   *
   * @param users of the persona who are held out; null, as all else, if they are few and hidden
   * @param coverage share of these users that the rules give the persona; null without any
   * @param precision share of the held-out users with this persona by the rules that are the
   *     persona's; null if there is none
   */
  public record FoundUsers(Integer users, Double coverage, Double precision) {}

  /**
   * Shares of the users with a value per bin; each row adds up to 1 but for rounding, or is empty
   * where there is none.
   *
   * @param log whether the bins are even on the logarithmic axis
   * @param edges of the bins, raw, one more than there are bins
   * @param all of all users in the sample
   * @param personas k rows
   */
  public record Distribution(
      boolean log, List<Double> edges, List<Double> all, List<List<Double>> personas) {}

  /**
   * The points of the pictures.
   *
   * @param x feature that is shown first
   * @param y feature that is shown first; null where there is only one
   * @param cluster of each point
   * @param raw d columns, rounded to four significant digits, on the grid of {@code privacy}; null
   *     where a value is missing
   * @param components the first two principal components; null where d is 1
   */
  public record Scatter(
      int x, Integer y, List<Integer> cluster, List<List<Double>> raw, Components components) {}

  /**
   * Principal components of the standardised sample.
   *
   * @param share of the variance, of each of the two
   * @param loadings two rows of d
   * @param axes of the picture, two
   * @param points two columns, rounded to 1/1000
   * @param centroids two columns of k
   */
  public record Components(
      List<Double> share,
      List<List<Double>> loadings,
      List<Axis> axes,
      List<List<Double>> points,
      List<List<Double>> centroids) {}

  /**
   * How the iterations went.
   *
   * @param passes one a full pass over the users; exact
   * @param inertia axis of the picture
   * @param shift axis of the picture
   * @param changed axis of the picture
   * @param sentence how the iterations ended
   */
  public record Convergence(
      List<Pass> passes, Axis inertia, Axis shift, Axis changed, String sentence) {}

  /**
   * One full pass over the users.
   *
   * @param changed users whose cluster changed; null in the first pass
   */
  public record Pass(int iteration, double inertia, double largestShift, Long changed) {}

  /**
   * The users who are outliers of their persona.
   *
   * @param rule which users are outliers, in a sentence
   * @param personas k rows
   */
  public record AtypicalUsers(String rule, List<AtypicalPersona> personas) {}

  /**
   * The outliers of one persona; null where they are hidden.
   *
   * @param edge the distance to the centroid above which a user is an outlier, in standard
   *     deviations; exact
   * @param users how many are outliers; exact
   * @param share of the persona's users
   */
  public record AtypicalPersona(Double edge, Long users, Double share) {}

  /**
   * What the report hides because people pass it on.
   *
   * @param minGroup the report says nothing about fewer users
   * @param grid even cells of an axis, in the middle of which a user's value is drawn
   * @param note the same in sentences
   */
  public record PrivacyNote(int minGroup, int grid, String note) {}

  /**
   * What a reader should know.
   *
   * @param kind stable code
   * @param text for a reader
   * @param serious whether plans that are made with the segments could go wrong
   */
  public record Warning(String kind, String text, boolean serious) {
    /** A routine warning. */
    public Warning(String kind, String text) {
      this(kind, text, false);
    }
  }

  /**
   * What the first screen says beside the personas.
   *
   * @param verdict how far the segments can be trusted
   * @param actions what to do, in this order
   */
  public record Decision(String verdict, List<String> actions) {}

  /**
   * A term of the page.
   *
   * @param id stable code
   * @param term as the page writes it
   * @param text what it means
   */
  public record Definition(String id, String term, String text) {}
}
