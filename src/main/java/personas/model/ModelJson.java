package personas.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * A model as {@code model.json}: keys in the order of {@link Model}'s components, numbers in the
 * shortest form that reads back as the same double, the same bytes on every machine.
 */
public final class ModelJson {
  /** The format that {@link #write} writes; {@link #read} takes this one and all before. */
  public static final int FORMAT = 1;

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
          .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
          // A later version of the format may add keys.
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private static final ObjectWriter WRITER =
      MAPPER.writer(
          new DefaultPrettyPrinter()
              .withObjectIndenter(new DefaultIndenter("  ", "\n"))
              .withoutSpacesInObjectEntries());

  private ModelJson() {}

  /** Writes UTF-8 with a final newline; {@code out} stays open. */
  public static void write(Model model, OutputStream out) throws IOException {
    WRITER.writeValue(out, model);
    out.write('\n');
  }

  /**
   * Reads a model.
   *
   * @param source names the file in messages
   * @throws IOException where it is no model, or of a later format
   */
  public static Model read(String source, InputStream in) throws IOException {
    try {
      JsonNode tree = MAPPER.readTree(in);
      if (!tree.path("format").isInt()) {
        throw new IOException(source + ": is no model: format is missing");
      }
      int format = tree.get("format").intValue();
      if (format < 1 || format > FORMAT) {
        throw new IOException(source + ": format: " + format + " is not in 1.." + FORMAT);
      }
      return MAPPER.treeToValue(tree, Model.class);
    } catch (JsonProcessingException e) {
      String why =
          e.getCause() instanceof IllegalArgumentException refused
              ? refused.getMessage()
              : e.getOriginalMessage();
      throw new IOException(source + ": is no model: " + why, e);
    }
  }
}
