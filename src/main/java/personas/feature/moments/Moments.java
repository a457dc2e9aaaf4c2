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

/** Exact moments of all d features over the users so far. Mergeable in any order. */
public final class Moments implements Serializable {
  private static final long serialVersionUID = 1;

  private final FeatureMoments[] features;

  /** The moments of no user. */
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
   * @param columns d columns of raw values, NaN where one is missing
   * @param rows how many users
   * @throws IllegalArgumentException where a value is infinite, or not above -1 for log1p
   */
  public void add(UserSchema schema, double[][] columns, int rows) {
    add(schema, columns, null, rows);
  }

  /**
   * Adds records.
   *
   * @param columns d columns of raw values, NaN where one is missing
   * @param weights how many users each record stands for; null if each is one user
   * @param rows how many records
   * @throws IllegalArgumentException where a value is infinite, or not above -1 for log1p
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

  public void merge(Moments other) {
    for (int f = 0; f < features.length; f++) {
      features[f].merge(other.features[f]);
    }
  }

  /** The schema with the transform that each feature gets. */
  UserSchema chosen(UserSchema schema) {
    List<Feature> chosen = new ArrayList<>();
    for (int f = 0; f < features.length; f++) {
      Feature declared = schema.features().get(f);
      chosen.add(declared.with(features[f].chosen(declared)));
    }
    return new UserSchema(
        schema.idColumn(), chosen, schema.passThrough(), schema.syntax(), schema.weightColumn());
  }

  FeatureMoments feature(int f) {
    return features[f];
  }

  public void write(DataOutput out) throws IOException {
    out.writeInt(features.length);
    for (FeatureMoments feature : features) {
      feature.write(out);
    }
  }

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
