package personas.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import personas.connector.Connectors;

class ClusterCountTest {
  private static SegmentationSpec spec(String clustering) throws SpecException, IOException {
    String yaml =
        "name: a\ninput: {id: u}\nfeatures: [{name: f}]\nclustering: {" + clustering + "}";
    return Connectors.readSpec(
        "x.yaml", new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)));
  }

  private static SpecOverrides flags(String k, String share) {
    Map<NumberRange, String> numbers = new EnumMap<>(NumberRange.class);
    if (k != null) {
      numbers.put(NumberRange.K, k);
    }
    if (share != null) {
      numbers.put(NumberRange.MIN_SEGMENT_SHARE, share);
    }
    return new SpecOverrides(null, numbers);
  }

  @Test
  void aNumberARangeOrAuto() throws SpecException, IOException {
    assertEquals(ClusterCount.fixed(7), spec("k: 7").clustering().k());
    assertEquals(new ClusterCount(2, 10), spec("k: 2..10").clustering().k());
    assertEquals(ClusterCount.AUTO, spec("k: auto").clustering().k());
    assertEquals(ClusterCount.AUTO, spec("k: 2..16").clustering().k());
    assertEquals(List.of(4, 5, 6), ClusterCount.parse(" 4 .. 6").candidates());
    assertTrue(ClusterCount.fixed(2).isFixed());
    assertFalse(ClusterCount.AUTO.isFixed());
    assertNull(ClusterCount.parse("2..1000000000000"), "no number either, so it is refused");
    for (String written : List.of("auto", "2..10", "255..256")) {
      assertEquals(written, ClusterCount.parse(written).toString());
    }
  }

  @Test
  void flagsOverride() throws SpecException, IOException {
    SegmentationSpec seven = spec("k: 7");
    assertEquals(ClusterCount.AUTO, seven.withOverrides(flags("auto", null)).clustering().k());
    assertEquals(new ClusterCount(3, 5), seven.withOverrides(flags("3..5", null)).clustering().k());
    SegmentationSpec auto = spec("k: auto, minSegmentShare: 0.2");
    assertEquals(ClusterCount.fixed(4), auto.withOverrides(flags("4", null)).clustering().k());
    assertEquals(ClusterCount.AUTO, auto.withOverrides(flags(null, "0.1")).clustering().k());
    assertEquals(0.1, auto.withOverrides(flags(null, "0.1")).clustering().minSegmentShare());
    assertEquals(0.2, auto.clustering().minSegmentShare());
    for (String wrong : List.of("many", "Auto", "2..", "2...9", "-2..3", "")) {
      assertEquals(
          "--k: " + wrong + " is not a number, a range like 2..10 or auto",
          assertThrows(SpecException.class, () -> seven.withOverrides(flags(wrong, null)), wrong)
              .getMessage());
    }
  }

  /** A digest is a promise: that of a given k is what it was before there were ranges. */
  @Test
  void theShareIsPartOfTheMeaningOnlyWhereItIsLookedAt() throws SpecException, IOException {
    assertEquals(spec("k: 7").digest(), spec("k: 7, minSegmentShare: 0.2").digest());
    assertNotEquals(spec("k: auto").digest(), spec("k: auto, minSegmentShare: 0.2").digest());
    assertEquals(spec("k: auto").digest(), spec("k: 2..16").digest());
    assertNotEquals(spec("k: auto").digest(), spec("k: 2..15").digest());
  }
}
