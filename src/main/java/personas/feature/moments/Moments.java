package personas.feature.moments;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import personas.feature.Feature;
import personas.feature.UserSchema;

/** Exact moments of all d features. Moments can be merged in any order. */
public final class Moments implements Serializable {
  private static final long serialVersionUID = 1;

  private final FeatureMoments[] features;

  /** Creates the moments of no users. */
  public Moments(int d) {
    features = new FeatureMoments[d];
    Arrays.setAll(features, f -> new FeatureMoments());
  }

  private Moments(FeatureMoments[] features) {
    this.features = features;
  }

  /**
   * Adds users.
   *
   * @param columns d columns of raw values; NaN for a missing value
   * @param rows the number of users
   * @throws IllegalArgumentException if a value is infinite, or not above -1 for log1p
   */
  public void add(UserSchema schema, double[][] columns, int rows) {
    add(schema, columns, null, rows);
  }

  /**
   * Adds records.
   *
   * @param columns d columns of raw values; NaN for a missing value
   * @param weights the number of users that each record stands for; null if each record is one user
   * @param rows the number of records
   * @throws IllegalArgumentException if a value is infinite, or not above -1 for log1p
   */
  public void add(UserSchema schema, double[][] columns, int[] weights, int rows) {
    for (int f = 0; f < features.length; f++) {
      if (weights != null) {
        features[f].add(schema.features().get(f), columns[f], weights, rows);
        continue;
      }
      features[f].add(schema.features().get(f), columns[f], 0, rows);
    }
  }

  /** Adds the moments of other users, which do not change. */
  public void merge(Moments other) {
    for (int f = 0; f < features.length; f++) {
      features[f].merge(other.features[f]);
    }
  }

  /** Returns the schema with the chosen transform of each feature. */
  UserSchema withChosenTransforms(UserSchema schema) {
    List<Feature> chosen = new ArrayList<>();
    for (int f = 0; f < features.length; f++) {
      Feature declared = schema.features().get(f);
      chosen.add(declared.with(features[f].chooseTransform(declared)));
    }
    return new UserSchema(
        schema.idColumn(), chosen, schema.passThrough(), schema.syntax(), schema.weightColumn());
  }

  /** Returns the moments of one feature, without copying them. */
  FeatureMoments feature(int f) {
    return features[f];
  }

  /** Writes the moments. */
  public void write(DataOutput out) throws IOException {
    out.writeInt(features.length);
    for (FeatureMoments feature : features) {
      feature.write(out);
    }
  }

  /** Reads moments that {@link #write} wrote. */
  public static Moments read(DataInput in) throws IOException {
    FeatureMoments[] features = new FeatureMoments[in.readInt()];
    for (int f = 0; f < features.length; f++) {
      features[f] = FeatureMoments.read(in);
    }
    return new Moments(features);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Moments that && Arrays.equals(features, that.features);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(features);
  }
}
