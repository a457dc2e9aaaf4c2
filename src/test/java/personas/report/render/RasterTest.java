package personas.report.render;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** What is drawn covers what its geometry says, and the file holds it. */
class RasterTest {
  private static final int SIZE = 40;

  /** Of the whole picture, in pixels. */
  private static double ink(Raster raster) {
    double ink = 0;
    for (int y = 0; y < raster.height(); y++) {
      for (int x = 0; x < raster.width(); x++) {
        ink += (255 - raster.at(x, y, 0)) / 255.0;
      }
    }
    return ink;
  }

  @Test
  void aShapeCoversItsArea() {
    for (int seed = 0; seed < 50; seed++) {
      Random random = new Random(seed);
      double radius = 2 + 12 * random.nextDouble();
      double x = 15 + 10 * random.nextDouble();
      double y = 15 + 10 * random.nextDouble();
      for (Marker marker : Marker.values()) {
        Raster raster = new Raster(SIZE, SIZE);
        raster.fill(new Outline().mark(marker, x, y, radius), 0, 1);
        double area = 0;
        for (int i = 0; i < marker.corners(); i++) {
          int next = (i + 1) % marker.corners();
          area += marker.x(i) * marker.y(next) - marker.x(next) * marker.y(i);
        }
        // Rounded to 1/255 at each pixel of the edge.
        assertEquals(Math.abs(area) / 2 * radius * radius, ink(raster), 0.5, marker + " " + seed);
      }
    }
  }

  @Test
  void overlapsAreFilledOnceAndHolesStayOpen() {
    Raster raster = new Raster(SIZE, SIZE);
    Outline twice = Outline.rectangle(2, 2, 10, 10);
    twice.edges().addAll(Outline.rectangle(7, 2, 10, 10).edges());
    raster.fill(twice, 0, 1);
    assertEquals(150, ink(raster), 1e-9);
    Outline ring = Outline.rectangle(20, 20, 10, 10);
    for (double[] edge : Outline.rectangle(22, 22, 4, 4).edges()) {
      ring.edges().add(new double[] {edge[2], edge[3], edge[0], edge[1]});
    }
    raster.fill(ring, 0, 1);
    assertEquals(150 + 100 - 16, ink(raster), 1e-9);
  }

  @Test
  void whatLiesOutsideIsLeftOut() {
    Raster raster = new Raster(SIZE, SIZE);
    raster.fill(Outline.rectangle(-10, -10, 12, 13), 0, 1);
    raster.fill(Outline.rectangle(SIZE - 1, SIZE - 2, 50, 50), 0, 1);
    raster.fill(Outline.rectangle(SIZE + 5, 0, 5, 5), 0, 1);
    assertEquals(2 * 3 + 2, ink(raster), 1e-9);
  }

  @Test
  void opacityMixesWithWhatIsThere() {
    Raster raster = new Raster(4, 4);
    raster.fill(Outline.rectangle(0, 0, 4, 4), 0xFF0000, 1);
    raster.fill(Outline.rectangle(0, 0, 4, 4), 0x0000FF, 0.4);
    assertEquals(153, raster.at(1, 1, 0));
    assertEquals(0, raster.at(1, 1, 1));
    assertEquals(102, raster.at(1, 1, 2));
  }

  @Test
  void anotherReaderSeesTheSamePixels() throws IOException {
    Raster raster = new Raster(37, 23);
    for (int i = 0; i < 12; i++) {
      Outline mark = new Outline().mark(Palette.marker(i), 3 * i, 2 * i, 6);
      raster.fill(mark, Integer.parseInt(Palette.light(i).substring(1), 16), 0.8);
    }
    BufferedImage read = ImageIO.read(new ByteArrayInputStream(PngFile.bytes(raster, 5669)));
    assertEquals(37, read.getWidth());
    assertEquals(23, read.getHeight());
    for (int y = 0; y < 23; y++) {
      for (int x = 0; x < 37; x++) {
        int rgb = (raster.at(x, y, 0) << 16) | (raster.at(x, y, 1) << 8) | raster.at(x, y, 2);
        assertEquals(rgb, read.getRGB(x, y) & 0xFFFFFF, x + "," + y);
      }
    }
  }
}
