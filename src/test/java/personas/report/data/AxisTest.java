package personas.report.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AxisTest {
  private static List<String> labels(Axis axis) {
    return axis.ticks().stream().map(Axis.Tick::label).toList();
  }

  @Test
  void endAtRoundNumbers() {
    assertEquals(List.of("0", "200", "400", "600", "800"), labels(Axis.linear(12, 712)));
    assertEquals(
        List.of("−0.2", "−0.1", "0", "0.1", "0.2", "0.3", "0.4"), labels(Axis.linear(-0.13, 0.31)));
    assertEquals(List.of("0", "1", "10", "100", "1,000", "10k"), labels(Axis.log(0, 12_000, 1)));
  }

  @Test
  void everyValueHasAPlaceInOrder() {
    SplittableRandom random = new SplittableRandom(11);
    for (int i = 0; i < 2_000; i++) {
      double size = Math.pow(10, random.nextDouble(-8, 12));
      double low = random.nextInt(4) == 0 ? 0 : size * random.nextDouble();
      double high = low + size * random.nextDouble(1e-3, 1);
      for (Axis axis : List.of(Axis.linear(low, high), Axis.log(low, high, high / 1e4))) {
        String what = i + ": " + low + ".." + high + " " + axis;
        assertTrue(axis.position(low) >= -1e-9 && axis.position(high) <= 1 + 1e-9, what);
        assertTrue(axis.position(low) < axis.position(high), what);
        double middle = low + (high - low) / 3;
        assertEquals(middle, axis.value(axis.position(middle)), 1e-6 * high, what);
        assertTrue(axis.ticks().size() <= 20, what);
        double before = Double.NEGATIVE_INFINITY;
        for (Axis.Tick tick : axis.ticks()) {
          assertTrue(
              tick.at() > before && tick.at() >= axis.min() && tick.at() <= axis.max(), what);
          before = tick.at();
        }
      }
    }
  }

  @Test
  void oneValueAloneHasRoomAround() {
    for (double value : new double[] {0, 5, -3, 1e-300, 1e300}) {
      Axis axis = Axis.linear(value, value);
      assertTrue(axis.min() < value && value < axis.max(), "" + axis);
    }
    Axis log = Axis.log(7, 7, 7);
    assertTrue(log.min() < 7 && log.position(7) == 1, "" + log);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1500, '1,500'",
    "20000, 20k",
    "3000000, 3M",
    "2500000000, 2.5G",
    "0.05, 0.05",
    "-40, −40",
    "0.000001, 1e−6",
    "1e15, 1e15"
  })
  void labelsAreShort(String value, String label) {
    assertEquals(label, Axis.label(new BigDecimal(value)));
  }

  /**
   * From the smallest to the largest double an axis has a few marks, in order, between its ends.
   */
  @Test
  @Timeout(60)
  void anyFiniteValuesHaveAnAxis() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    double[] extremes = {
      0,
      Double.MIN_VALUE,
      Math.scalb(1.0, -1063),
      1e-163,
      1e-10,
      1,
      1.5e18,
      1e30,
      1e155,
      1e300,
      1.7e308,
      Double.MAX_VALUE
    };
    for (int i = 0; i < 20_000; i++) {
      double low = extremes[random.nextInt(extremes.length)] * (random.nextBoolean() ? 1 : -1);
      double high =
          switch (random.nextInt(4)) {
            case 0 -> Math.min(Double.MAX_VALUE, Math.nextUp(low));
            case 1 -> Math.max(low, extremes[random.nextInt(extremes.length)]);
            case 2 -> Math.max(low, Math.scalb(random.nextDouble(), random.nextInt(2098) - 1074));
            default -> low;
          };
      String what = low + ".." + high + ", seed " + seed;
      assertUsable(Axis.linear(low, high), low, high, what);
      if (low >= 0 && high > 0) {
        Axis log = Axis.log(low, high, low == 0 ? high : low);
        if (log.hasDistinctEnds()) {
          assertUsable(log, low, high, what);
        }
      }
    }
  }

  private static void assertUsable(Axis axis, double low, double high, String what) {
    assertTrue(
        axis.hasDistinctEnds() && axis.min() <= low && axis.max() >= high, what + ": " + axis);
    assertTrue(Double.isFinite(axis.max()) && Double.isFinite(axis.min()), what);
    assertFalse(axis.ticks().isEmpty(), what);
    assertTrue(axis.ticks().size() <= 20, what + ": " + axis.ticks().size());
    double last = -0.001;
    for (Axis.Tick tick : axis.ticks()) {
      double at = axis.position(tick.at());
      assertTrue(at >= last && at <= 1, what + ": " + axis);
      last = at;
    }
    assertEquals(axis.ticks().size(), Set.copyOf(labels(axis)).size(), what);
    for (double position : new double[] {0, 0.3, 1}) {
      double value = axis.value(position);
      assertTrue(Double.isFinite(value), what);
    }
    assertTrue(axis.position(low) >= 0 && axis.position(high) <= 1, what);
  }
}
