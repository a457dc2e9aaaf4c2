package personas.report.render;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Checks that marks differ on paper, on a dark page, in gray and for color-blind people. */
class PaletteTest {
  // Of a picture of sRGB as protanopes and deuteranopes see it, on linear light (Viénot, Brettel
  // and Mollon, Color Research and Application 24, 1999).
  private static final double[][] PROTAN = {
    {0.11238, 0.88762, 0}, {0.11238, 0.88762, 0}, {0.00401, -0.00401, 1}
  };
  private static final double[][] DEUTAN = {
    {0.29275, 0.70725, 0}, {0.29275, 0.70725, 0}, {-0.02234, 0.02234, 1}
  };

  private static double[] linear(String css) {
    int rgb = Integer.parseInt(css.substring(1), 16);
    double[] linear = new double[3];
    for (int c = 0; c < 3; c++) {
      double n = ((rgb >> (16 - 8 * c)) & 0xFF) / 255.0;
      linear[c] = n <= 0.04045 ? n / 12.92 : Math.pow((n + 0.055) / 1.055, 2.4);
    }
    return linear;
  }

  private static double contrast(String a, String b) {
    double[] x = linear(a);
    double[] y = linear(b);
    double one = 0.2126 * x[0] + 0.7152 * x[1] + 0.0722 * x[2] + 0.05;
    double other = 0.2126 * y[0] + 0.7152 * y[1] + 0.0722 * y[2] + 0.05;
    return Math.max(one, other) / Math.min(one, other);
  }

  /** CIE L*a*b* with the white of D65. */
  private static double[] lab(double[] linear) {
    double[][] toXyz = {
      {0.4124 / 0.9505, 0.3576 / 0.9505, 0.1805 / 0.9505},
      {0.2126, 0.7152, 0.0722},
      {0.0193 / 1.089, 0.1192 / 1.089, 0.9505 / 1.089}
    };
    double[] f = new double[3];
    double[] xyz = times(toXyz, linear);
    for (int i = 0; i < 3; i++) {
      f[i] = xyz[i] > 0.008856 ? Math.cbrt(xyz[i]) : 7.787 * xyz[i] + 16.0 / 116;
    }
    return new double[] {116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])};
  }

  private static double[] times(double[][] matrix, double[] vector) {
    double[] product = new double[3];
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        product[i] += matrix[i][j] * vector[j];
      }
    }
    return product;
  }

  private static double difference(double[] a, double[] b) {
    double[] x = lab(a);
    double[] y = lab(b);
    return Math.sqrt(
        Math.pow(x[0] - y[0], 2) + Math.pow(x[1] - y[1], 2) + Math.pow(x[2] - y[2], 2));
  }

  @Test
  void everyColorShowsOnItsBackground() {
    for (int i = 0; i < Palette.colors(); i++) {
      assertTrue(contrast(Palette.light(i), "#ffffff") >= 3, Palette.light(i));
      assertTrue(contrast(Palette.dark(i), "#101216") >= 3, Palette.dark(i));
    }
  }

  @Test
  void everybodySeesThemApart() {
    double[][] all = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}};
    for (double[][] sight : new double[][][] {all, PROTAN, DEUTAN}) {
      for (int a = 0; a < Palette.colors(); a++) {
        for (int b = 0; b < a; b++) {
          apart(Palette.light(a), Palette.light(b), sight);
          apart(Palette.dark(a), Palette.dark(b), sight);
        }
      }
    }
  }

  /** Two colors beside each other differ from about 2.3 on; these must not be mixed up. */
  private static void apart(String a, String b, double[][] sight) {
    double difference = difference(times(sight, linear(a)), times(sight, linear(b)));
    assertTrue(difference > 10, a + " and " + b + ": " + difference);
  }

  @Test
  void inGreyTheShapeTellsAndNoTwoPersonasLookAlike() {
    Set<MarkShape> shapes = new HashSet<>();
    Set<String> looks = new HashSet<>();
    for (int i = 0; i < 64; i++) {
      if (i < 12) {
        shapes.add(Palette.marker(i));
      }
      looks.add(Palette.light(i) + Palette.marker(i));
    }
    assertEquals(12, shapes.size());
    assertEquals(64, looks.size());
  }
}
