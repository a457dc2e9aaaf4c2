package personas.text;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/**
 * Writes a number with the fewest digits that are read as the same number, in the form of {@code
 * Double.toString} since JDK 19 (R. Giulietti, <em>The Schubfach way to render doubles</em>, 2020).
 * {@code Double.toString} of earlier JDKs sometimes has more digits, so a file would depend on the
 * JDK. Jackson writes numbers of JSON in this form on every JDK.
 */
public final class ShortestDecimal {
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER).build();

  private ShortestDecimal() {}

  /** Writes one number. */
  private interface Value {
    void writeTo(JsonGenerator out) throws IOException;
  }

  /**
   * Returns the text of a double; {@code NaN}, {@code Infinity} or {@code -Infinity} if it is not
   * finite.
   */
  public static String of(double value) {
    // JSON would put quotes around a number that is not finite.
    return Double.isFinite(value) ? text(out -> out.writeNumber(value)) : String.valueOf(value);
  }

  /**
   * Returns the text of a float; {@code NaN}, {@code Infinity} or {@code -Infinity} if it is not
   * finite.
   */
  public static String of(float value) {
    return Float.isFinite(value) ? text(out -> out.writeNumber(value)) : String.valueOf(value);
  }

  private static String text(Value value) {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = JSON.createGenerator(text)) {
      value.writeTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }
}
