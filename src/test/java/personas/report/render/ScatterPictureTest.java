package personas.report.render;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.geom.Area;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import personas.report.ReportBuilder;
import personas.report.Reports;
import personas.report.data.ReportData;

/** Checks pixels of customer_clusters.png. */
class ScatterPictureTest {
  private static final int RESOLUTION = 2;
  private static final ReportData DATA = ReportBuilder.build(Reports.platform(300));

  @Test
  void theFileHoldsThePixelsAndTheirDensity() throws IOException {
    byte[] png = ScatterPicture.png(DATA);
    assertArrayEquals(png, ScatterPicture.png(DATA));
    try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(png))) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      ImageReader reader = readers.next();
      reader.setInput(in);
      BufferedImage read = reader.read(0);
      BufferedImage drawn = ScatterPicture.picture(DATA);
      assertEquals(drawn.getWidth(), read.getWidth());
      for (int y = 0; y < drawn.getHeight(); y++) {
        for (int x = 0; x < drawn.getWidth(); x++) {
          assertEquals(drawn.getRGB(x, y), read.getRGB(x, y), x + "," + y);
        }
      }
      Element root = (Element) reader.getImageMetadata(0).getAsTree("javax_imageio_png_1.0");
      Element density = (Element) root.getElementsByTagName("pHYs").item(0);
      assertEquals("5669", density.getAttribute("pixelsPerUnitXAxis"));
    }
  }

  @Test
  void everyCentroidHasTheColorOfItsPersona() {
    BufferedImage picture = ScatterPicture.picture(DATA);
    ScatterLayout layout = new ScatterLayout(DATA);
    assertEquals(3, layout.centroids().size());
    for (ScatterLayout.Mark mark : layout.centroids()) {
      int x = (int) Math.round(RESOLUTION * mark.x());
      int y = (int) Math.round(RESOLUTION * mark.y());
      assertEquals(
          Color.decode(Palette.light(mark.persona())).getRGB(), picture.getRGB(x, y), "" + mark);
    }
    // The corners are paper, and somewhere a letter is ink.
    assertEquals(Color.WHITE.getRGB(), picture.getRGB(0, 0));
    assertTrue(count(picture, new Color(0x16191D)) > 500);
  }

  private static long count(BufferedImage picture, Color color) {
    long pixels = 0;
    for (int y = 0; y < picture.getHeight(); y++) {
      for (int x = 0; x < picture.getWidth(); x++) {
        pixels += picture.getRGB(x, y) == color.getRGB() ? 1 : 0;
      }
    }
    return pixels;
  }

  /** So that a crowd of marks, filled as one shape, has no holes where two marks overlap. */
  @Test
  void allMarksTurnTheSameWay() {
    for (MarkShape marker : MarkShape.values()) {
      Area one = new Area(marker.outline(0, 0, 10));
      assertTrue(one.isSingular() && one.contains(0, 0), marker.name());
      var two = marker.outline(0, 0, 10);
      two.append(marker.outline(5, 0, 10), false);
      assertTrue(two.contains(2.5, 0), marker.name());
    }
  }
}
