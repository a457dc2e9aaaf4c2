package personas.report.render;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Locale;
import personas.report.data.ReportData;
import personas.text.TerminalText;

/**
 * Writes and reads {@code report.json}. The keys are in the order of the components of {@link
 * ReportData}, and a number has the shortest form that reads back as the same double. The page
 * holds the same text, so characters that could end a script element are escaped.
 */
public final class ReportJson {
  /**
   * The format that {@link #text} writes. {@link #read} accepts this format and all earlier ones.
   */
  public static final int FORMAT = 1;

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
          // A later version of the format may add keys.
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private static final ObjectWriter WRITER =
      MAPPER
          .writer(
              new DefaultPrettyPrinter(
                      Separators.createDefaultInstance()
                          .withObjectFieldValueSpacing(Separators.Spacing.NONE))
                  .withObjectIndenter(new DefaultIndenter(" ", "\n"))
                  .withArrayIndenter(new DefaultPrettyPrinter.NopIndenter()))
          .with(new ForHtml());

  private ReportJson() {}

  /** Returns the report as JSON with a final newline. */
  public static String text(ReportData data) {
    return forPage(data);
  }

  /** Returns a record as JSON that a page can hold, with a final newline. */
  public static String forPage(Object data) {
    try {
      return WRITER.writeValueAsString(data) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("records and lists always make JSON", e);
    }
  }

  /**
   * Returns the report in a text that {@link #text} wrote.
   *
   * @param source the name of the file for messages
   * @throws IOException if the text is not a report or has a later format
   */
  public static ReportData read(String source, String json) throws IOException {
    ReportData data;
    try {
      data = MAPPER.readValue(json, ReportData.class);
    } catch (JsonProcessingException e) {
      throw new IOException(
          source + ": is not a report: " + TerminalText.line(e.getOriginalMessage(), 1_000), e);
    }
    int format = data == null ? 0 : data.format();
    if (format < 1 || format > FORMAT) {
      throw new IOException(source + ": format: " + format + " is not in 1.." + FORMAT);
    }
    return data;
  }

  /** Escapes {@code < > &} and the two line separators that JSON allows and JavaScript does not. */
  private static final class ForHtml extends CharacterEscapes {
    private static final long serialVersionUID = 1;

    @Override
    public int[] getEscapeCodesForAscii() {
      int[] escapes = standardAsciiEscapesForJSON();
      escapes['<'] = ESCAPE_CUSTOM;
      escapes['>'] = ESCAPE_CUSTOM;
      escapes['&'] = ESCAPE_CUSTOM;
      return escapes;
    }

    @Override
    public SerializableString getEscapeSequence(int character) {
      boolean escaped = character < 128 || character == 0x2028 || character == 0x2029;
      return escaped
          ? new SerializedString(String.format(Locale.ROOT, "\\u%04x", character))
          : null;
    }
  }
}
