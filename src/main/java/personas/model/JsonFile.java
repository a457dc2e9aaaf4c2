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
 * Writes and reads records as JSON files. Keys have the order of the record's components, and
 * numbers have the shortest form that reads back as the same double. Equal records give the same
 * bytes on every machine.
 */
public final class JsonFile {
  static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
          .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
          // Later versions of a format may add keys.
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private static final ObjectWriter WRITER =
      MAPPER.writer(
          new DefaultPrettyPrinter(
                  Separators.createDefaultInstance()
                      .withObjectFieldValueSpacing(Separators.Spacing.NONE))
              .withObjectIndenter(new DefaultIndenter("  ", "\n")));

  /** The largest number of characters that an error message quotes from the JSON parser. */
  private static final int MAX_REASON = 1_000;

  private JsonFile() {}

  /** Writes a record as JSON in UTF-8 with a final newline; {@code out} stays open. */
  public static void write(Object result, OutputStream out) throws IOException {
    WRITER.writeValue(out, result);
    out.write('\n');
  }

  /**
   * Reads a record that {@link #write} wrote.
   *
   * @param source names the file in messages
   * @param type the class of the record
   * @throws IOException if the file is not JSON of this type; the message names the file and the
   *     reason
   */
  public static <T> T read(String source, InputStream in, Class<T> type) throws IOException {
    try {
      return MAPPER.readValue(in, type);
    } catch (JsonProcessingException e) {
      throw new IOException(
          source
              + ": is not a "
              + type.getSimpleName()
              + ": "
              + TerminalText.line(e.getOriginalMessage(), MAX_REASON),
          e);
    }
  }
}
