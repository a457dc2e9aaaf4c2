package personas.table.record;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleSupplier;
import personas.feature.Feature;
import personas.feature.MissingPolicy;
import personas.feature.Transform;
import personas.feature.UserSchema;
import personas.feature.shard.ShardBuilder;
import personas.feature.shard.ShardConsumer;
import personas.table.encoding.FeatureEncoding;
import personas.table.encoding.LevelEncoding;
import personas.table.encoding.NumberEncoding;
import personas.table.ledger.RejectReason;
import personas.table.ledger.SourceLedger;
import personas.text.Blanks;
import personas.text.CsvBuffer;
import personas.text.DoubleParser;

/**
 * Checks the values of one record after the other, builds shards of those that pass, and counts.
 */
public final class UserBuilder {
  /** The features and, behind them, the weight where there is one. */
  private final Feature[] features;

  /** The place of the weight among the features; -1 where there is none. */
  private final int weight;

  /** Per feature: whether {@link DoubleParser} alone parses its numbers. */
  private final boolean[] plain;

  private final FeatureEncoding[] encodings;
  private final MissingTokens missingTokens;

  /** How often the reader took a text for something that it does not spell out. */
  private final Map<String, Long> recognized = new TreeMap<>();

  /** Per feature the values that need no second look lie between these. */
  private final double[] least;

  private final double[] greatest;
  private final DecimalMarkCounter marks;
  private final ShardBuilder shards;
  private final double[] values;
  private final boolean[] missing;

  /** Whether any value of the record under way is. */
  private boolean hasMissing;

  private final long[] imputed;
  private final Map<RejectReason, Long> rejected = new EnumMap<>(RejectReason.class);
  private final BitSet repeated;
  private final boolean anyRepeated;
  private final RecordBuffer.Limits limits;

  /** Records that passed all other checks; counted where any is repeated. */
  private int valid;

  private long accepted;

  public UserBuilder(UserSchema schema, ShardConsumer consumer, int maxShardRows, BitSet repeated) {
    this(schema, consumer, maxShardRows, repeated, RecordBuffer.Limits.DEFAULT);
  }

  /**
   * @param repeated which of the records that pass all other checks, counted from 0, repeat the id
   *     of an earlier one and are rejected for it
   */
  public UserBuilder(
      UserSchema schema,
      ShardConsumer consumer,
      int maxShardRows,
      BitSet repeated,
      RecordBuffer.Limits limits) {
    this.limits = limits;
    this.repeated = repeated;
    this.anyRepeated = !repeated.isEmpty();
    features = schema.numbers().toArray(Feature[]::new);
    weight = schema.hasWeights() ? features.length - 1 : -1;
    shards =
        new ShardBuilder(schema.features().size(), schema.hasWeights(), maxShardRows, consumer);
    missingTokens = new MissingTokens(schema.syntax().missingTokens());
    plain = new boolean[features.length];
    encodings = new FeatureEncoding[features.length];
    least = new double[features.length];
    greatest = new double[features.length];
    for (int f = 0; f < features.length; f++) {
      double domain =
          features[f].transform() == Transform.LOG1P ? Math.nextUp(-1.0) : -Double.MAX_VALUE;
      least[f] = Math.max(domain, features[f].min());
      greatest[f] = Math.min(Double.MAX_VALUE, features[f].max());
      encodings[f] = FeatureEncoding.of(features[f], schema.syntax());
      plain[f] =
          f != weight
              && encodings[f] instanceof NumberEncoding numbers
              && numbers.isPlain()
              && !missingTokens.holdsNumbers();
    }
    marks = new DecimalMarkCounter(schema.syntax(), features.length);
    values = new double[features.length];
    missing = new boolean[features.length];
    imputed = new long[features.length];
  }

  /** How long a record and its user id may be. */
  public RecordBuffer.Limits limits() {
    return limits;
  }

  /** See {@link ShardBuilder#follow}. */
  public void follow(DoubleSupplier shareRead) {
    shards.follow(shareRead);
  }

  /**
   * Takes the value of a feature of the record under way.
   *
   * @return why the record is no user, or null
   */
  public RejectReason set(int feature, byte[] text, int from, int to) {
    if (plain[feature]) {
      double value = DoubleParser.parse(text, from, to);
      if (marks.isOpen(feature) && !Double.isNaN(value)) {
        marks.add(feature, text, from, to);
      }
      if (value >= least[feature] && value <= greatest[feature] && !hasMissing) {
        values[feature] = value;
        return null;
      }
      if (!Double.isNaN(value)) {
        return setNumber(feature, value);
      }
    }
    return setWritten(feature, text, from, to);
  }

  /** Takes a text that is not a plain number. */
  private RejectReason setWritten(int feature, byte[] text, int from, int to) {
    int start = Blanks.skip(text, from, to);
    int end = Blanks.trim(text, start, to);
    if (start == end) {
      return setMissing(feature);
    }
    String token = missingTokens.find(text, start, end);
    if (token != null) {
      recognizeMissing(feature, token);
      return setMissing(feature);
    }
    double value = encodings[feature].ofText(text, start, end);
    if (Double.isNaN(value)) {
      return encodings[feature].rejectionOf(text, start, end);
    }
    if (!isNumber(feature)) {
      return setNumber(feature, value);
    }
    if (marks.isOpen(feature)) {
      marks.add(feature, text, start, end);
    }
    // The text of a number may be another form of a number that stands for a missing value.
    return set(feature, value);
  }

  /** Counts a text for a missing value, once for all levels of a category. */
  private void recognizeMissing(int feature, String token) {
    if (feature == 0 || !column(feature).equals(column(feature - 1))) {
      recognized.merge("missing " + token, 1L, Long::sum);
    }
  }

  /** Takes the text of a number that its format marks as one, whatever the syntax of text is. */
  public RejectReason setNumber(int feature, byte[] text) {
    double value = DoubleParser.parse(text, 0, text.length);
    return Double.isNaN(value) ? setWritten(feature, text, 0, text.length) : set(feature, value);
  }

  /** Takes a value that its format marks as a boolean. */
  public RejectReason set(int feature, boolean value) {
    double number = encodings[feature].ofBoolean(value);
    return Double.isNaN(number) ? encodings[feature].rejection() : setNumber(feature, number);
  }

  /** Takes a value that is stored as a number; a NaN is missing if the spec says so. */
  public RejectReason set(int feature, double number) {
    String token = missingTokens.find(number);
    if (token != null) {
      recognizeMissing(feature, token);
      return setMissing(feature);
    }
    double value = encodings[feature].ofNumber(number);
    return Double.isNaN(value) && !isNumber(feature)
        ? encodings[feature].rejection()
        : setNumber(feature, value);
  }

  /** Takes a number; -0 is 0. */
  private RejectReason setNumber(int feature, double number) {
    if (!Double.isFinite(number)) {
      return RejectReason.NOT_FINITE;
    }
    double value = number + 0.0;
    Feature declared = features[feature];
    if (value < declared.min()
        || value > declared.max()
        || (value <= -1 && declared.transform() == Transform.LOG1P)) {
      return RejectReason.OUT_OF_RANGE;
    }
    if (feature == weight && value != Math.rint(value)) {
      return RejectReason.NOT_WHOLE;
    }
    values[feature] = value;
    missing[feature] = false;
    return null;
  }

  /** Likewise where the record has no value. */
  public RejectReason setMissing(int feature) {
    MissingPolicy policy = features[feature].missing();
    if (policy == MissingPolicy.LEVEL) {
      return setNumber(feature, features[feature].level().isOfMissing() ? 1 : 0);
    }
    hasMissing = true;
    missing[feature] = true;
    values[feature] = policy == MissingPolicy.ZERO ? 0 : Double.NaN;
    return policy == MissingPolicy.REJECT ? RejectReason.MISSING_VALUE : null;
  }

  /** Whether there is nothing but spaces. */
  public static boolean isBlank(byte[] text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (text[i] != ' ') {
        return false;
      }
    }
    return true;
  }

  /**
   * The last check.
   *
   * @return why the record is no user, or null
   */
  public RejectReason checkRepeated() {
    return anyRepeated && repeated.get(valid++) ? RejectReason.DUPLICATE_ID : null;
  }

  /**
   * The text of the record under way, to which a reader adds the pass-through fields behind the id.
   */
  public CsvBuffer text() {
    return shards.text();
  }

  /** Takes the id of the record under way, before its pass-through fields. */
  public void setId(byte[] text, int from, int to) {
    if (to > from && (Blanks.skip(text, from, to) > from || Blanks.trim(text, from, to) < to)) {
      recognized.merge(SourceLedger.BLANKS, 1L, Long::sum);
    }
    String total = TotalWords.find(text, from, to);
    if (total != null) {
      recognized.merge(SourceLedger.TOTAL + total, 1L, Long::sum);
    }
    shards.text().append(text, from, to);
    shards.endId();
  }

  /** The record under way is a user. */
  public void accept() throws IOException {
    if (hasMissing) {
      for (int f = 0; f < values.length; f++) {
        imputed[f] += missing[f] ? 1 : 0;
      }
      forgetMissing();
    }
    shards.endRow(values);
    accepted++;
  }

  private void forgetMissing() {
    Arrays.fill(missing, false);
    hasMissing = false;
  }

  /** The record under way is none; nothing of it stays. */
  public void reject(RejectReason reason) {
    rejected.merge(reason, 1L, Long::sum);
    forgetMissing();
  }

  /** The column that a feature is read from. */
  public String column(int feature) {
    return features[feature].column();
  }

  /** Whether a feature is a level of a category, whose values are compared as texts. */
  public boolean isLevel(int feature) {
    return encodings[feature] instanceof LevelEncoding;
  }

  private boolean isNumber(int feature) {
    return encodings[feature] instanceof NumberEncoding;
  }

  public void flush() throws IOException {
    shards.flush();
  }

  /** Notes what the file tells before its first record. */
  public void recognize(Map<String, Long> found) {
    found.forEach((what, count) -> recognized.merge(what, count, Long::sum));
  }

  /** What became of the records so far, all of which were flushed. */
  public SourceLedger ledger() {
    long refused = rejected.values().stream().mapToLong(Long::longValue).sum();
    List<Long> perFeature = new ArrayList<>();
    int d = weight < 0 ? features.length : weight;
    Arrays.stream(imputed, 0, d).forEach(perFeature::add);
    return new SourceLedger(accepted + refused, accepted, new TreeMap<>(rejected), perFeature)
        .withRecognized(recognized)
        .withUsers(shards.users())
        .withMarks(marks.marks(d));
  }
}
