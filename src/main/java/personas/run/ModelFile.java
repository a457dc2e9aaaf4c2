package personas.run;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import personas.connector.storage.Folder;
import personas.math.Hashing;
import personas.math.Require;
import personas.model.Model;
import personas.model.ModelJson;
import personas.model.score.ScoringColumns;
import personas.model.score.ScoringModel;
import personas.model.score.VersionedModel;
import personas.table.read.MessageReader;

/**
 * The file of the model of a stream, and the format of the messages.
 *
 * @param path the path of a {@code model.json}
 * @param columns the id and the pass-through columns of the messages
 * @param header the header line of CSV messages; null if the messages are JSON
 */
public record ModelFile(String path, ScoringColumns columns, String header)
    implements Serializable {
  private static final int DIGEST_DIGITS = 16;

  public ModelFile {
    Require.notEmpty("path", path);
  }

  /**
   * Reads the model as it is now.
   *
   * @throws IOException if the file cannot be read or is not a model, or if the model needs a
   *     column that the messages do not have
   */
  public VersionedModel read() throws IOException {
    byte[] bytes;
    try (InputStream in = Folder.open(path)) {
      bytes = in.readAllBytes();
    }
    Model model = ModelJson.read(path, new ByteArrayInputStream(bytes));
    ScoringModel saved;
    try {
      saved = ScoringModel.of(model, columns.schema(model));
    } catch (IllegalArgumentException e) {
      throw new IOException(path + ": " + e.getMessage(), e);
    }
    // This call fails if the model needs a column that the header line does not have.
    reader(saved);
    return new VersionedModel(Hashing.sha256(bytes).substring(0, DIGEST_DIGITS), saved);
  }

  /**
   * Returns a reader of messages for a model.
   *
   * @throws IOException if the model needs a column that the header line does not have
   */
  public MessageReader reader(ScoringModel model) throws IOException {
    return new MessageReader(model.schema(), header);
  }
}
