package personas.model.assignment;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import personas.feature.shard.Shard;
import personas.kmeans.LloydKernel;
import personas.kmeans.NearestTwo;
import personas.math.Columns;
import personas.model.TrainedUsers;
import personas.model.compare.DriftCounter;
import personas.model.compare.DriftCounts;
import personas.model.explain.UserExplainer;
import personas.model.score.Margin;
import personas.model.score.ScoringModel;
import personas.model.score.VersionedModel;
import personas.spec.InputSpec;
import personas.table.ledger.Rejection;
import personas.table.read.MessageReader;
import personas.table.read.MessageReader.Content;
import personas.table.read.MessageReader.Rejected;
import personas.table.read.MessageReader.User;
import personas.text.CsvBuffer;

/**
 * Scores messages. Each message gives one line of JSON with the columns of assignments-*.csv, or
 * with the columns of rejected-*.csv. The line also says where the message was read, and has the
 * digest of the model ({@link VersionedModel#KEYS}). An instance is not thread-safe.
 */
public final class MessageScorer {
  private static final JsonFactory JSON = new JsonFactory();

  /** The initial size of a line; most lines are shorter. */
  private static final int JSON_CHARACTERS = 512;

  private final VersionedModel live;
  private final MessageReader reader;
  private final LloydKernel kernel;
  private final int[] ids;
  private final double[] outlierEdges;
  private final List<String> passThrough;

  /** Explains users; null if users are not explained. */
  private final UserExplainer explainer;

  /** Counts users for the drift; null if the model does not hold the distribution of its users. */
  private final DriftCounter counter;

  /** A buffer that all messages share, because a new buffer takes more memory than a line. */
  private final CsvBuffer text = new CsvBuffer();

  private final double[][] zScores;
  private final NearestTwo found = new NearestTwo(1);

  /**
   * The line for a message.
   *
   * @param isUser whether the message was scored; false if it was rejected
   * @param json the line, without a line feed
   */
  public record Event(boolean isUser, String json) {}

  /**
   * Creates a scorer of messages.
   *
   * @param live the model
   * @param reader reads the columns that the model needs
   * @param explains whether the line of each user has the keys {@link
   *     InputSpec#EXPLANATION_COLUMNS}
   */
  public MessageScorer(VersionedModel live, MessageReader reader, boolean explains) {
    ScoringModel model = live.model();
    this.live = live;
    this.reader = reader;
    this.kernel = new LloydKernel(model.centroids());
    this.explainer = explains ? model.explainer() : null;
    this.ids = model.ids();
    this.outlierEdges = model.outlierEdges();
    this.passThrough = model.schema().passThrough();
    this.zScores = new double[model.schema().features().size()][1];
    TrainedUsers trained = model.trainedUsersOrNull();
    this.counter = trained == null ? null : new DriftCounter(trained);
  }

  /** Returns the digest of the model. */
  public String digest() {
    return live.digest();
  }

  /**
   * Returns the counts of the users that were scored since the last call.
   *
   * @return null if the model does not hold the distribution of its users
   */
  public DriftCounts takeCountsOrNull() {
    return counter == null ? null : counter.take();
  }

  /**
   * Scores or rejects one message.
   *
   * @param source the topic and the partition, or the name of the file
   * @param position the place of the message in the source
   * @param message the bytes of the message
   */
  public Event score(String source, long position, byte[] message) throws IOException {
    Content content = reader.read(source, position, message);
    StringWriter json = new StringWriter(JSON_CHARACTERS);
    try (JsonGenerator out = JSON.createGenerator(json)) {
      out.writeStartObject();
      if (content instanceof Rejected rejected) {
        write(rejected.rejection(), out);
      } else if (content instanceof User user) {
        write(user, out);
        out.writeStringField("source", source);
        out.writeNumberField("position", position);
      }
      out.writeStringField("model", live.digest());
      out.writeEndObject();
    }
    return new Event(content instanceof User, json.toString());
  }

  private static void write(Rejection rejection, JsonGenerator out) throws IOException {
    out.writeStringField("source", rejection.place().source());
    out.writeNumberField("position", rejection.place().position());
    out.writeStringField("reason", rejection.reason().code());
    out.writeStringField("field", rejection.field());
    out.writeStringField("value", rejection.value());
    out.writeStringField("record", rejection.excerpt());
  }

  private void write(User content, JsonGenerator out) throws IOException {
    ScoringModel model = live.model();
    Shard user = content.shard();
    for (int f = 0; f < zScores.length; f++) {
      model.standardizer().standardize(f, user.column(f), 0, 1, zScores[f]);
    }
    kernel.nearestTwo(zScores, 0, 1, found);
    int nearest = found.nearest()[0];
    int second = found.second()[0];
    if (counter != null) {
      counter.add(user.columns(), nearest);
    }
    double distance = Math.sqrt(found.best()[0]);
    List<String> keys = InputSpec.ASSIGNMENT_COLUMNS;
    out.writeStringField(keys.get(0), id(user));
    out.writeNumberField(keys.get(1), ids[nearest]);
    out.writeStringField(keys.get(2), persona(nearest));
    out.writeFieldName(keys.get(3));
    out.writeNumber(fixed(distance));
    out.writeStringField(keys.get(4), second < 0 ? "" : persona(second));
    out.writeFieldName(keys.get(5));
    out.writeNumber(fixed(Margin.of(distance, Math.sqrt(found.secondBest()[0]))));
    out.writeBooleanField(keys.get(6), distance > outlierEdges[nearest]);
    if (explainer != null) {
      explainer.take(user.values(0), Columns.row(zScores, 0), nearest, second);
      out.writeStringField(InputSpec.EXPLANATION_COLUMNS.get(0), explainer.why());
      out.writeStringField(InputSpec.EXPLANATION_COLUMNS.get(1), explainer.leastChange());
    }
    for (int i = 0; i < passThrough.size(); i++) {
      out.writeStringField(passThrough.get(i), content.passThrough().get(i));
    }
  }

  private String persona(int cluster) {
    return live.model().personas().clusters().get(cluster).persona();
  }

  private String id(Shard user) {
    text.clear();
    user.appendRawId(0, text);
    return new String(text.toByteArray(), StandardCharsets.UTF_8);
  }

  private String fixed(double value) {
    text.clear();
    text.appendFixed(value, AssignmentWriter.DECIMALS);
    return new String(text.toByteArray(), StandardCharsets.US_ASCII);
  }
}
