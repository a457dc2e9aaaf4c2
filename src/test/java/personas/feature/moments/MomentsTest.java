package personas.feature.moments;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import personas.feature.ColumnFeature;
import personas.feature.Feature;
import personas.feature.MissingPolicy;
import personas.feature.Transform;
import personas.feature.UserSchema;
import personas.feature.Winsorizing;
import personas.math.ArbitraryDoubles;
import personas.math.ArbitraryDoubles.Kind;

class MomentsTest {
  private static final long SEED = 5;
  private static final UserSchema SCHEMA =
      new UserSchema(
          null,
          List.of(
              new ColumnFeature("count", Transform.LOG1P, MissingPolicy.MEAN, 0, 1e9),
              new ColumnFeature("amount", Transform.NONE, MissingPolicy.MEAN, 0, 1e9),
              Feature.of("any"),
              open("count", Winsorizing.AUTO),
              open("amount", new Winsorizing(0.9)),
              open("any", Winsorizing.AUTO)),
          List.of());

  private static Feature open(String name, Winsorizing winsorize) {
    return new ColumnFeature(
            "open " + name, Transform.AUTO, MissingPolicy.MEAN, -Double.MAX_VALUE, Double.MAX_VALUE)
        .with(winsorize);
  }

  private static double[][] users(int n) {
    ArbitraryDoubles some = new ArbitraryDoubles(SEED);
    double[] counts = some.withMissing(some.column(Kind.COUNT, n), 10);
    double[] amounts = some.withMissing(some.column(Kind.DECIMAL, n), 10);
    double[] any = some.column(Kind.ANY_FINITE, n);
    return new double[][] {counts, amounts, any, counts, amounts, any};
  }

  private static Moments of(double[][] columns, int from, int to) {
    Moments moments = new Moments(columns.length);
    double[][] part = new double[columns.length][];
    Arrays.setAll(part, f -> Arrays.copyOfRange(columns[f], from, to));
    moments.add(SCHEMA, part, to - from);
    return moments;
  }

  private static Moments merged(Moments... parts) {
    Moments merged = new Moments(SCHEMA.features().size());
    Arrays.stream(parts).forEach(merged::merge);
    return merged;
  }

  /** A record of weight w adds what w users with its values add, and one of weight 0 nothing. */
  @Test
  void aWeightIsSoManyUsers() {
    int records = 2_000;
    double[][] columns = users(records);
    int[] weights = new SplittableRandom(SEED).ints(records, 0, 5).toArray();
    int users = Arrays.stream(weights).sum();
    double[][] repeated = new double[columns.length][users];
    int at = 0;
    for (int i = 0; i < records; i++) {
      for (int copy = 0; copy < weights[i]; copy++, at++) {
        for (int f = 0; f < columns.length; f++) {
          repeated[f][at] = columns[f][i];
        }
      }
    }
    Moments weighted = new Moments(columns.length);
    weighted.add(SCHEMA, columns, weights, records);
    assertEquals(of(repeated, 0, users), weighted);
  }

  @Test
  void anySplitOfTheUsersGivesTheSameMoments() throws IOException {
    double[][] users = users(3_000);
    Moments all = of(users, 0, 3_000);
    Moments a = of(users, 0, 1);
    Moments b = of(users, 1, 1_700);
    Moments c = of(users, 1_700, 3_000);
    String where = "seed " + SEED;
    assertEquals(all, merged(a, b, c), where);
    assertEquals(all, merged(merged(c, a), b), where);
    assertEquals(all, merged(a, merged(b, c)), where);
    assertEquals(all.hashCode(), merged(c, b, a).hashCode(), where);
    assertArrayEquals(bytes(all), bytes(merged(c, b, a)), where);
    assertArrayEquals(javaBytes(all), javaBytes(merged(b, c, a)), where);
    assertEquals(Standardizer.of(all, SCHEMA), Standardizer.of(merged(b, a, c), SCHEMA), where);
    assertNotEquals(all, merged(a, b), where);
  }

  @Test
  void momentsThatWereWrittenAreReadBack() throws IOException, ClassNotFoundException {
    Moments moments = of(users(100), 0, 100);
    assertEquals(moments, read(bytes(moments)));
    assertEquals(moments, javaRead(javaBytes(moments)));
    assertEquals(new Moments(3), read(bytes(new Moments(3))));
  }

  @Test
  void theWrittenFormNeverChanges() throws IOException {
    UserSchema one = new UserSchema(null, List.of(Feature.of("x")), List.of());
    Moments moments = new Moments(1);
    moments.add(one, new double[][] {{1, Double.NaN, 2.5}}, 3);
    assertEquals(
        "00000001" // d
            + "0000000000000002" // values
            + "0000000000000001" // missing
            + "0863000107" // 3.5 = 7 · 2⁻¹, and 2⁻¹ is bit 2147 = 0x863
            + "086200011d" // 7.25 = 29 · 2⁻²
            + "00" // no buckets
            + "0000000100" // no sum of logarithms
            + "0000000100" // nor of their squares
            + "00" // nor buckets
            + "00", // no negative value that matters
        HexFormat.of().formatHex(bytes(moments)));
  }

  private static byte[] bytes(Moments moments) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    moments.write(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  private static byte[] javaBytes(Moments moments) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(moments);
    }
    return bytes.toByteArray();
  }

  private static Object javaRead(byte[] bytes) throws IOException, ClassNotFoundException {
    try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
      return in.readObject();
    }
  }

  private static Moments read(byte[] bytes) throws IOException {
    return Moments.read(new DataInputStream(new ByteArrayInputStream(bytes)));
  }
}
