package personas.table;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import personas.feature.ColumnFeature;
import personas.feature.Feature;
import personas.feature.FeatureType;
import personas.feature.FeatureWords;
import personas.feature.MissingPolicy;
import personas.feature.NumberFormat;
import personas.feature.TextSyntax;
import personas.feature.Transform;
import personas.feature.UserSchema;
import personas.feature.Winsorizing;
import personas.table.bytes.ByteSource;
import personas.table.ledger.RejectReason;

/** Checks that every format reads values as the spec declares. */
class WrittenValuesTest {
  private static Feature feature(FeatureType type, NumberFormat... formats) {
    return new ColumnFeature(
        "a",
        Transform.NONE,
        MissingPolicy.MEAN,
        -Double.MAX_VALUE,
        Double.MAX_VALUE,
        Winsorizing.NONE,
        type,
        Set.of(formats),
        null,
        FeatureWords.NONE);
  }

  private static Reading read(String file, String text, Feature feature, TextSyntax syntax)
      throws IOException {
    UserSchema schema = new UserSchema("id", List.of(feature), List.of(), syntax);
    ByteSource source = new MemorySource(file, text.getBytes(StandardCharsets.UTF_8));
    InputFormat format = InputFormat.ofName(file);
    Reading whole = Reading.whole(source, schema, format, Reading.Way.DEFAULT);
    for (long cut = 1; cut < source.size(); cut += 7) {
      Reading parts = Reading.cut(source, schema, format, Reading.Way.ofWindow(16), cut);
      assertEquals(whole.users(), parts.users(), "cut at " + cut);
      assertEquals(whole.ledger(), parts.ledger(), "cut at " + cut);
    }
    return whole;
  }

  private static long imputed(Reading reading) {
    return reading.ledger().values().imputed().get(0);
  }

  @Test
  void theUsualTextsForMissingAreMissingAndCounted() throws IOException {
    StringBuilder text = new StringBuilder("id,a\n");
    for (int i = 0; i < TextSyntax.DEFAULT_MISSING.size(); i++) {
      text.append('u').append(i).append(", ").append(TextSyntax.DEFAULT_MISSING.get(i));
      text.append("\n");
    }
    Reading reading = read("x.csv", text + "v,\nw,7\n", feature(null), TextSyntax.DEFAULT);
    assertEquals(List.of(), reading.rejections());
    assertEquals(12, imputed(reading));
    assertEquals(11, reading.ledger().values().recognized().size());
    assertEquals(1, reading.ledger().values().recognized().get("missing \\N"));
  }

  @Test
  void aListOfTextsReplacesTheUsualOnesAndMayHoldNumbers() throws IOException {
    TextSyntax syntax = new TextSyntax(List.of("-999", "tbd"), null, null, null);
    String text = "id,a\nu,-999\nv,-999.0\nw,tbd\nx,NA\ny,5\n";
    Reading reading = read("x.csv", text, feature(null), syntax);
    assertEquals(1, reading.rejections().size());
    assertEquals(3, imputed(reading));
    assertEquals(
        Map.of("missing -999", 2L, "missing tbd", 1L), reading.ledger().values().recognized());
    String json = "{\"id\": \"u\", \"a\": -999}\n{\"id\": \"v\", \"a\": 5}\n";
    assertEquals(1, imputed(read("x.jsonl", json, feature(null), syntax)));
  }

  @Test
  void numbersOfJsonHaveNoMarks() throws IOException {
    TextSyntax syntax = new TextSyntax(null, ',', '.', null);
    String json = "{\"id\": \"u\", \"a\": 1.5}\n{\"id\": \"v\", \"a\": \"1.500,5\"}\n";
    Reading reading = read("x.jsonl", json, feature(null), syntax);
    String csv = "id;a\nu;1,5\nv;1500,5\n";
    assertEquals(read("x.csv", csv, feature(null), syntax).users(), reading.users());
    assertEquals(List.of(), reading.rejections());
  }

  @Test
  void booleansAreOneAndZero() throws IOException {
    String words = "id,a\nu,yes\nv,No\nw,T\nx,false\ny,1\nz, 0 \nq,\n";
    String numbers = "id,a\nu,1\nv,0\nw,1\nx,0\ny,1\nz,0\nq,\n";
    Reading reading = read("x.csv", words, feature(FeatureType.BOOLEAN), TextSyntax.DEFAULT);
    assertEquals(
        read("x.csv", numbers, feature(null), TextSyntax.DEFAULT).users(), reading.users());
    Reading other =
        read("x.csv", "id,a\nu,2\nv,maybe\n", feature(FeatureType.BOOLEAN), TextSyntax.DEFAULT);
    assertEquals(Map.of(RejectReason.NOT_A_BOOLEAN, 2L), other.ledger().rejected());
    Reading undeclared = read("x.csv", "id,a\nu,yes\n", feature(null), TextSyntax.DEFAULT);
    assertEquals(Map.of(RejectReason.NOT_A_NUMBER, 1L), undeclared.ledger().rejected());
  }

  @Test
  void booleansOfJsonNeedNoDeclaration() throws IOException {
    String json = "{\"id\": \"u\", \"a\": true}\n{\"id\": \"v\", \"a\": false}\n";
    String numbers = "{\"id\": \"u\", \"a\": 1}\n{\"id\": \"v\", \"a\": 0}\n";
    for (FeatureType type : new FeatureType[] {null, FeatureType.BOOLEAN}) {
      assertEquals(
          read("x.jsonl", numbers, feature(type), TextSyntax.DEFAULT).users(),
          read("x.jsonl", json, feature(type), TextSyntax.DEFAULT).users());
    }
    Reading numeric = read("x.jsonl", json, feature(FeatureType.NUMERIC), TextSyntax.DEFAULT);
    assertEquals(Map.of(RejectReason.NOT_A_NUMBER, 2L), numeric.ledger().rejected());
  }

  @Test
  void blanksThatNobodySeesAreAroundNumbers() throws IOException {
    String text = "id,a\nu,\t5\u00a0\nv,\u2009\n";
    Reading reading = read("x.csv", text, feature(null), TextSyntax.DEFAULT);
    assertEquals(List.of(), reading.rejections());
    assertEquals(1, imputed(reading));
  }
}
