package personas.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import personas.text.TerminalText;

/**
 * A record as a JSON file: keys in the order of its components, numbers in the shortest form that
 * reads back as the same double, the same bytes on every machine.
 */
public final class JsonFile {
  static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
          .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
          // A later version of the format may add keys.
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private static final ObjectWriter WRITER =
      MAPPER.writer(
          new DefaultPrettyPrinter(
                  Separators.createDefaultInstance()
                      .withObjectFieldValueSpacing(Separators.Spacing.NONE))
              .withObjectIndenter(new DefaultIndenter("  ", "\n")));

  private static final int MOST_REASON = 1_000;

  private JsonFile() {}

  /** Writes UTF-8 with a final newline; {@code out} stays open. */
  public static void write(Object result, OutputStream out) throws IOException {
    WRITER.writeValue(out, result);
    out.write('\n');
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @param source names the file in messages
   * @throws IOException where it is something else
   */
  public static <T> T read(String source, InputStream in, Class<T> type) throws IOException {
    try {
      return MAPPER.readValue(in, type);
    } catch (JsonProcessingException e) {
      throw new IOException(
          source
              + ": is no "
              + type.getSimpleName()
              + ": "
              + TerminalText.line(e.getOriginalMessage(), MOST_REASON),
          e);
    }
  }
}
