package personas.model.assignment;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import personas.feature.shard.Shard;
import personas.model.score.Margin;
import personas.model.score.VersionedModel;
import personas.persona.ClusterPersona;
import personas.spec.InputSpec;
import personas.text.CsvBuffer;

/**
 * Writes one line of JSON for each scored user. Texts that depend only on the model are prepared
 * once, because writing them for each message took half of the time of scoring. The keys of copied
 * columns and of explanations are not prepared. The bytes are the same as those of Jackson's
 * generator. An instance is not thread-safe.
 */
final class UserLine {
  private final byte[] start;
  private final byte[] outlier;
  private final byte[] notOutlier;
  private final byte[] end;
  private final CsvBuffer.Text[] clusterAndPersona;

  /**
   * The second persona with its key before it and the next key after it. Index 0 is for no second
   * persona.
   */
  private final CsvBuffer.Text[] secondPersona;

  private final CsvBuffer idText = new CsvBuffer();

  /** The source of the last message. Its text is kept, because a task reads few sources. */
  private String source;

  private byte[] sourceText;

  /**
   * Prepares the texts of a model.
   *
   * @param model the model with its digest
   */
  UserLine(VersionedModel model) {
    List<ClusterPersona> clusters = model.model().personas().clusters();
    start = utf8("{" + quoted(InputSpec.USER_ID_COLUMN) + ":");
    outlier = utf8(key(InputSpec.OUTLIER_COLUMN) + true);
    notOutlier = utf8(key(InputSpec.OUTLIER_COLUMN) + false);
    end = utf8(key(VersionedModel.MODEL_KEY) + quoted(model.digest()) + "}");
    clusterAndPersona = new CsvBuffer.Text[clusters.size()];
    secondPersona = new CsvBuffer.Text[1 + clusters.size()];
    secondPersona[0] = second("");
    for (int j = 0; j < clusters.size(); j++) {
      String persona = clusters.get(j).persona();
      clusterAndPersona[j] =
          new CsvBuffer.Text(
              key(InputSpec.CLUSTER_COLUMN)
                  + model.model().id(j)
                  + key(InputSpec.PERSONA_COLUMN)
                  + quoted(persona)
                  + key(InputSpec.DISTANCE_COLUMN));
      secondPersona[1 + j] = second(persona);
    }
  }

  private static CsvBuffer.Text second(String persona) {
    return new CsvBuffer.Text(
        key(InputSpec.SECOND_PERSONA_COLUMN) + quoted(persona) + key(InputSpec.MARGIN_COLUMN));
  }

  /** Begins a line with the id of a user. */
  void appendStart(Shard user, CsvBuffer line) {
    line.append(start, 0, start.length);
    idText.clear();
    user.appendRawId(0, idText);
    byte[] id = idText.toByteArray();
    if (isPlain(id)) {
      line.appendByte('"');
      line.append(id, 0, id.length);
      line.appendByte('"');
    } else {
      append(quoted(new String(id, StandardCharsets.UTF_8)), line);
    }
  }

  /**
   * Appends the cluster of a user.
   *
   * @param nearest the index of the nearest cluster
   * @param distance the distance to the nearest centroid
   * @param second the index of the second cluster; -1 if there is only one cluster
   * @param margin the margin of the user, see {@link Margin}
   */
  void appendCluster(int nearest, double distance, int second, double margin, CsvBuffer line) {
    line.appendMeasures(clusterAndPersona[nearest], distance, secondPersona[1 + second], margin);
  }

  /** Appends whether the user is an outlier. */
  void appendOutlier(boolean isOutlier, CsvBuffer line) {
    byte[] text = isOutlier ? outlier : notOutlier;
    line.append(text, 0, text.length);
  }

  /** Appends a key and a text. */
  void appendText(String key, String text, CsvBuffer line) {
    append(key(key) + quoted(text), line);
  }

  /** Ends the line with the source and the position of the message, and the digest of the model. */
  void appendEnd(String messageSource, long position, CsvBuffer line) {
    if (!messageSource.equals(source)) {
      source = messageSource;
      sourceText =
          utf8(
              key(VersionedModel.SOURCE_KEY)
                  + quoted(messageSource)
                  + key(VersionedModel.POSITION_KEY));
    }
    line.append(sourceText, 0, sourceText.length);
    line.appendAscii(Long.toString(position));
    line.append(end, 0, end.length);
  }

  /** Returns a comma, a key and a colon. */
  private static String key(String name) {
    return "," + quoted(name) + ":";
  }

  private static void append(String text, CsvBuffer line) {
    byte[] bytes = utf8(text);
    line.append(bytes, 0, bytes.length);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Returns a text as a JSON string with its quotes. */
  private static String quoted(String text) {
    return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
  }

  /** Returns whether a text is ASCII that a JSON string holds without an escape. */
  private static boolean isPlain(byte[] text) {
    boolean isPlain = true;
    for (byte b : text) {
      isPlain &= b >= ' ' && b != '"' && b != '\\';
    }
    return isPlain;
  }
}
