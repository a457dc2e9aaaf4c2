package personas.table.encoding;

import personas.feature.Feature;
import personas.feature.FeatureType;
import personas.feature.LevelFeature;
import personas.feature.TextSyntax;
import personas.table.ledger.RejectReason;

/**
 * Encodes the values of one feature as doubles, which shards hold and K-Means standardizes. The
 * type of the feature, which the model stores, chooses the encoding. An instance is not
 * thread-safe.
 */
public abstract class FeatureEncoding {
  /** Returns the encoding of a feature. A feature without a type has a {@link NumberEncoding}. */
  public static FeatureEncoding of(Feature feature, TextSyntax syntax) {
    return switch (feature.type() == null ? FeatureType.NUMERIC : feature.type()) {
      case NUMERIC -> new NumberEncoding(feature, syntax);
      case BOOLEAN -> new BooleanEncoding();
      case CATEGORY -> new LevelEncoding(((LevelFeature) feature).level());
      case TIME -> new TimeEncoding();
    };
  }

  /**
   * Encodes a text.
   *
   * @param text UTF-8; the part from {@code from} to {@code to} is not empty and has no leading or
   *     trailing blanks
   * @return the value; NaN if the text is not a value of the feature
   */
  public abstract double ofText(byte[] text, int from, int to);

  /** Encodes a number of the input. Returns NaN if the number is not a value of the feature. */
  public double ofNumber(double number) {
    return number;
  }

  /** Encodes a boolean of the input. Returns NaN if the boolean is not a value of the feature. */
  public double ofBoolean(boolean value) {
    return value ? 1 : 0;
  }

  /** Returns the reason to reject a record whose text cannot be encoded. */
  public abstract RejectReason rejectionOf(byte[] text, int from, int to);

  /** Returns the reason to reject a record whose number or boolean cannot be encoded. */
  public abstract RejectReason rejection();
}
