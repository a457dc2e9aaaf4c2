package personas.report.render;

import java.awt.AlphaComposite;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import personas.report.data.ReportData;
import personas.report.render.ScatterLayout.Line;
import personas.report.render.ScatterLayout.Mark;
import personas.report.render.ScatterLayout.Text;

/**
 * Draws {@code customer_clusters.png}, the first scatter plot of the page, for a slide. Java2D
 * fills all shapes, including the outlines of letters, so a worker needs neither a display nor
 * fonts. The same JDK draws the same pixels.
 */
public final class ScatterPicture {
  /** Pixels per point. Two make the picture sharp on a projector and in print. */
  private static final int RESOLUTION = 2;

  /** 144 pixels per inch, twice the 72 points of an inch. */
  private static final int PIXELS_PER_METER = 5669;

  private static final String PNG_METADATA = "javax_imageio_png_1.0";

  private static final Color INK = new Color(0x16191D);
  private static final Color NOTE = new Color(0x5A626D);
  private static final Color GRID = new Color(0xE6E9EE);
  private static final Color BASE = new Color(0xA9B0BA);
  private static final Color PAPER = new Color(0xFFFFFF);

  private final ScatterLayout layout;
  private final Graphics2D canvas;

  private ScatterPicture(ScatterLayout layout, Graphics2D canvas) {
    this.layout = layout;
    this.canvas = canvas;
  }

  /** Returns the bytes of the file. */
  public static byte[] png(ReportData data) {
    return png(picture(data));
  }

  /** Returns the pixels of the file. */
  static BufferedImage picture(ReportData data) {
    if (System.getProperty("java.awt.headless") == null) {
      // The JDK must not look for a display, because a worker may not have one.
      System.setProperty("java.awt.headless", "true");
    }
    BufferedImage image =
        new BufferedImage(
            RESOLUTION * ScatterLayout.WIDTH,
            RESOLUTION * ScatterLayout.HEIGHT,
            BufferedImage.TYPE_INT_RGB);
    Graphics2D canvas = image.createGraphics();
    canvas.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    canvas.setColor(PAPER);
    canvas.fillRect(0, 0, image.getWidth(), image.getHeight());
    new ScatterPicture(new ScatterLayout(data), canvas).draw(data.personas().size());
    canvas.dispose();
    return image;
  }

  private static byte[] png(BufferedImage image) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      IIOMetadata metadata =
          writer.getDefaultImageMetadata(
              ImageTypeSpecifier.createFromRenderedImage(image), writer.getDefaultWriteParam());
      metadata.mergeTree(PNG_METADATA, density());
      writer.setOutput(out);
      writer.write(new IIOImage(image, null, metadata));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  /**
   * Returns the metadata with the pixels per meter, from which programs compute the size of the
   * picture.
   */
  private static IIOMetadataNode density() {
    IIOMetadataNode density = new IIOMetadataNode("pHYs");
    density.setAttribute("pixelsPerUnitXAxis", String.valueOf(PIXELS_PER_METER));
    density.setAttribute("pixelsPerUnitYAxis", String.valueOf(PIXELS_PER_METER));
    density.setAttribute("unitSpecifier", "meter");
    IIOMetadataNode root = new IIOMetadataNode(PNG_METADATA);
    root.appendChild(density);
    return root;
  }

  private void draw(int k) {
    layout.grid().forEach(line -> draw(line, GRID));
    draw(
        new Line(layout.left(), ScatterLayout.BOTTOM, ScatterLayout.RIGHT, ScatterLayout.BOTTOM),
        BASE);
    double radius = layout.points().size() > 800 ? 2.7 : 3.6;
    for (int persona = 0; persona < k; persona++) {
      int drawnPersona = persona;
      fill(
          layout.points().stream().filter(mark -> mark.persona() == drawnPersona).toList(),
          radius,
          0.55);
    }
    fillEach(layout.legend(), 5);
    for (Mark mark : layout.centroids()) {
      fill(outline(mark, 11.5), PAPER);
      fillEach(List.of(mark), 8.5);
    }
    layout.texts().forEach(text -> draw(text, text.isDark() ? INK : NOTE));
    drawNumbers();
  }

  private void drawNumbers() {
    for (Mark mark : layout.centroids()) {
      String number = String.valueOf(mark.persona());
      double x = mark.x() + 13;
      double y = mark.y() + 4.5;
      // A white edge keeps the number legible among the marks.
      for (int[] shift : new int[][] {{-1, -1}, {-1, 1}, {1, -1}, {1, 1}, {0, 2}, {0, -2}}) {
        draw(new Text(number, x + shift[0], y + shift[1], ScatterLayout.TEXT_SIZE, true), PAPER);
      }
      draw(new Text(number, x, y, ScatterLayout.TEXT_SIZE, true), INK);
    }
  }

  /**
   * Fills the marks of one persona as one shape, so that overlapping marks are not darker than
   * others.
   */
  private void fill(List<Mark> marks, double radius, double opacity) {
    if (marks.isEmpty()) {
      return;
    }
    Path2D markShapes = new Path2D.Double(Path2D.WIND_NON_ZERO);
    for (Mark mark : marks) {
      markShapes.append(outline(mark, radius), false);
    }
    canvas.setComposite(AlphaComposite.SrcOver.derive((float) opacity));
    fill(markShapes, color(marks.get(0).persona()));
    canvas.setComposite(AlphaComposite.SrcOver);
  }

  private void fillEach(List<Mark> marks, double radius) {
    marks.forEach(mark -> fill(outline(mark, radius), color(mark.persona())));
  }

  private void fill(Shape shape, Color color) {
    canvas.setColor(color);
    canvas.fill(shape);
  }

  private static Path2D outline(Mark mark, double radius) {
    return Palette.marker(mark.persona())
        .outline(RESOLUTION * mark.x(), RESOLUTION * mark.y(), RESOLUTION * radius);
  }

  private static Color color(int persona) {
    return Color.decode(Palette.light(persona));
  }

  private void draw(Line line, Color color) {
    // The line is one point wide and covers whole pixels.
    double x = Math.rint(RESOLUTION * Math.min(line.fromX(), line.toX())) - 1;
    double y = Math.rint(RESOLUTION * Math.min(line.fromY(), line.toY())) - 1;
    double width = RESOLUTION * Math.abs(line.toX() - line.fromX()) + RESOLUTION;
    double height = RESOLUTION * Math.abs(line.toY() - line.fromY()) + RESOLUTION;
    fill(new Rectangle2D.Double(x, y, Math.rint(width), Math.rint(height)), color);
  }

  private void draw(Text text, Color color) {
    fill(
        Glyphs.outline(
            text.text(), RESOLUTION * text.x(), RESOLUTION * text.y(), RESOLUTION * text.size()),
        color);
  }
}
