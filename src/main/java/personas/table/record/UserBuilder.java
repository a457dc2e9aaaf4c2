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
import personas.feature.LevelFeature;
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
import personas.table.ledger.ValueCounts;
import personas.text.Blanks;
import personas.text.CsvBuffer;
import personas.text.DoubleParser;

/**
 * Checks the values of one record after another, builds shards of the valid records, and counts
 * accepted and rejected records.
 */
public final class UserBuilder {
  /** The features, followed by the weight if the schema has one. */
  private final Feature[] features;

  /** The index of the weight among the features; -1 without a weight. */
  private final int weight;

  /** For each feature, whether {@link DoubleParser} alone parses the numbers. */
  private final boolean[] isPlain;

  private final FeatureEncoding[] encodings;
  private final MissingTokens missingTokens;

  /**
   * The counts of forms that were recognized without a declaration, such as tokens for missing
   * values, see {@link ValueCounts}.
   */
  private final Map<String, Long> recognized = new TreeMap<>();

  /** For each feature the range of values that are valid without a further check. */
  private final double[] minValid;

  private final double[] maxValid;
  private final DecimalMarkCounter marks;
  private final ShardBuilder shards;
  private final double[] values;
  private final boolean[] isMissing;

  /** Whether a value of the current record is missing. */
  private boolean hasMissing;

  private final long[] imputed;
  private final Map<RejectReason, Long> rejected = new EnumMap<>(RejectReason.class);
  private final BitSet repeated;
  private final boolean hasRepeated;
  private final RecordBuffer.Limits limits;

  /**
   * The number of records that passed all other checks; counted only if {@code repeated} is not
   * empty.
   */
  private int valid;

  private long accepted;

  /** Creates a builder with the default limits of records and ids. */
  public UserBuilder(UserSchema schema, ShardConsumer consumer, int maxShardRows, BitSet repeated) {
    this(schema, consumer, maxShardRows, repeated, RecordBuffer.Limits.DEFAULT);
  }

  /**
   * Creates a builder.
   *
   * @param schema the columns of a record
   * @param consumer gets the shards
   * @param maxShardRows the maximum number of users in a shard
   * @param repeated the records to reject because they repeat an id, as indexes among the records
   *     that pass all other checks
   * @param limits the maximum sizes of records and ids
   */
  public UserBuilder(
      UserSchema schema,
      ShardConsumer consumer,
      int maxShardRows,
      BitSet repeated,
      RecordBuffer.Limits limits) {
    this.limits = limits;
    this.repeated = repeated;
    this.hasRepeated = !repeated.isEmpty();
    features = schema.numbers().toArray(Feature[]::new);
    weight = schema.hasWeights() ? features.length - 1 : -1;
    shards =
        new ShardBuilder(schema.features().size(), schema.hasWeights(), maxShardRows, consumer);
    missingTokens = new MissingTokens(schema.syntax().missingTokens());
    isPlain = new boolean[features.length];
    encodings = new FeatureEncoding[features.length];
    minValid = new double[features.length];
    maxValid = new double[features.length];
    for (int f = 0; f < features.length; f++) {
      double domain =
          features[f].transform() == Transform.LOG1P ? Math.nextUp(-1.0) : -Double.MAX_VALUE;
      minValid[f] = Math.max(domain, features[f].min());
      maxValid[f] = Math.min(Double.MAX_VALUE, features[f].max());
      encodings[f] = FeatureEncoding.of(features[f], schema.syntax());
      isPlain[f] =
          f != weight
              && encodings[f] instanceof NumberEncoding numbers
              && numbers.isPlain()
              && !missingTokens.holdsNumbers();
    }
    marks = new DecimalMarkCounter(schema.syntax(), features.length);
    values = new double[features.length];
    isMissing = new boolean[features.length];
    imputed = new long[features.length];
  }

  /** Returns the maximum sizes of records and ids. */
  public RecordBuffer.Limits limits() {
    return limits;
  }

  /** Sets the source of the progress, see {@link ShardBuilder#followProgress}. */
  public void followProgress(DoubleSupplier shareRead) {
    shards.followProgress(shareRead);
  }

  /**
   * Sets a feature of the current record from text.
   *
   * @return the reason to reject the record, or null
   */
  public RejectReason set(int feature, byte[] text, int from, int to) {
    if (isPlain[feature]) {
      double value = DoubleParser.parse(text, from, to);
      if (marks.isUndecided(feature) && !Double.isNaN(value)) {
        marks.add(feature, text, from, to);
      }
      if (value >= minValid[feature] && value <= maxValid[feature] && !hasMissing) {
        values[feature] = value;
        return null;
      }
      if (!Double.isNaN(value)) {
        return setNumber(feature, value);
      }
    }
    return setText(feature, text, from, to);
  }

  /** Sets a feature from a text that is not a plain number. */
  private RejectReason setText(int feature, byte[] text, int from, int to) {
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
    if (marks.isUndecided(feature)) {
      marks.add(feature, text, start, end);
    }
    // The text of a number may be another form of a number that stands for a missing value.
    return set(feature, value);
  }

  /** Counts a token for a missing value, once for all levels of a category. */
  private void recognizeMissing(int feature, String token) {
    if (feature == 0 || !column(feature).equals(column(feature - 1))) {
      recognized.merge("missing " + token, 1L, Long::sum);
    }
  }

  /**
   * Sets a feature from the text of a number that the format stores as a number, such as a JSON
   * number.
   */
  public RejectReason setNumber(int feature, byte[] text) {
    double value = DoubleParser.parse(text, 0, text.length);
    return Double.isNaN(value) ? setText(feature, text, 0, text.length) : set(feature, value);
  }

  /** Sets a feature from a value that the format stores as a boolean. */
  public RejectReason set(int feature, boolean value) {
    double number = encodings[feature].ofBoolean(value);
    return Double.isNaN(number) ? encodings[feature].rejection() : setNumber(feature, number);
  }

  /**
   * Sets a feature from a value that the format stores as a number. NaN is a missing value if the
   * spec lists NaN as a token for missing values.
   */
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

  /** Sets a feature from a number; -0 becomes 0. */
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
    isMissing[feature] = false;
    return null;
  }

  /**
   * Sets a feature whose value is missing.
   *
   * @return the reason to reject the record, or null
   */
  public RejectReason setMissing(int feature) {
    MissingPolicy policy = features[feature].missing();
    if (policy == MissingPolicy.LEVEL) {
      LevelFeature indicator = (LevelFeature) features[feature];
      return setNumber(feature, indicator.level().isOfMissing() ? 1 : 0);
    }
    hasMissing = true;
    isMissing[feature] = true;
    values[feature] = policy == MissingPolicy.ZERO ? 0 : Double.NaN;
    return policy == MissingPolicy.REJECT ? RejectReason.MISSING_VALUE : null;
  }

  /** Returns whether a text is empty or consists of spaces. */
  public static boolean isBlank(byte[] text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (text[i] != ' ') {
        return false;
      }
    }
    return true;
  }

  /**
   * Checks whether the record repeats an id. This check comes last, because it counts the records
   * that pass all other checks.
   *
   * @return the reason to reject the record, or null
   */
  public RejectReason checkRepeated() {
    return hasRepeated && repeated.get(valid++) ? RejectReason.DUPLICATE_ID : null;
  }

  /**
   * Returns the text of the current record, to which a reader appends the pass-through fields after
   * the id.
   */
  public CsvBuffer text() {
    return shards.text();
  }

  /** Sets the id of the current record, before the pass-through fields. */
  public void setId(byte[] text, int from, int to) {
    if (to > from && (Blanks.skip(text, from, to) > from || Blanks.trim(text, from, to) < to)) {
      recognized.merge(ValueCounts.BLANKS, 1L, Long::sum);
    }
    String total = TotalWords.find(text, from, to);
    if (total != null) {
      recognized.merge(ValueCounts.TOTAL + total, 1L, Long::sum);
    }
    shards.text().append(text, from, to);
    shards.endId();
  }

  /** Accepts the current record as a user. */
  public void accept() throws IOException {
    if (hasMissing) {
      for (int f = 0; f < values.length; f++) {
        imputed[f] += isMissing[f] ? 1 : 0;
      }
      clearMissing();
    }
    shards.endRow(values);
    accepted++;
  }

  private void clearMissing() {
    Arrays.fill(isMissing, false);
    hasMissing = false;
  }

  /** Rejects the current record and discards its values. */
  public void reject(RejectReason reason) {
    rejected.merge(reason, 1L, Long::sum);
    clearMissing();
  }

  /** Returns the column of a feature. */
  public String column(int feature) {
    return features[feature].column();
  }

  /** Returns whether a feature is a level of a category, whose values are compared as texts. */
  public boolean isLevel(int feature) {
    return encodings[feature] instanceof LevelEncoding;
  }

  private boolean isNumber(int feature) {
    return encodings[feature] instanceof NumberEncoding;
  }

  /** Passes the users of the last, incomplete shard to the consumer. */
  public void flush() throws IOException {
    shards.flush();
  }

  /** Adds the counts of forms that were recognized before the first record. */
  public void recognize(Map<String, Long> forms) {
    forms.forEach((form, count) -> recognized.merge(form, count, Long::sum));
  }

  /** Returns the ledger of all records so far. Call {@link #flush} first. */
  public SourceLedger ledger() {
    List<Long> perFeature = new ArrayList<>();
    int count = weight < 0 ? features.length : weight;
    Arrays.stream(imputed, 0, count).forEach(perFeature::add);
    ValueCounts values = new ValueCounts(perFeature, marks.marks(count), new TreeMap<>(recognized));
    return new SourceLedger(accepted, new TreeMap<>(rejected), shards.users(), 0, values);
  }
}
