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
 * A message → one line of JSON: the columns of assignments-*.csv with the values that they would
 * have there, or those of rejected-*.csv; then where the message was read, and the digest of the
 * model ({@link VersionedModel#KEYS}). Not thread-safe.
 */
public final class MessageScorer {
  private static final JsonFactory JSON = new JsonFactory();

  /** Most answers have fewer. */
  private static final int JSON_CHARACTERS = 512;

  private final VersionedModel live;
  private final MessageReader reader;
  private final LloydKernel kernel;
  private final int[] ids;
  private final double[] outlierEdges;
  private final List<String> passThrough;

  /** Null if users are not explained. */
  private final UserExplainer explainer;

  /** Null if the model does not say how the values of its users are spread. */
  private final DriftCounter counter;

  /** One for all messages: a new one has more bytes than the answer. */
  private final CsvBuffer text = new CsvBuffer();

  private final double[][] zScores;
  private final NearestTwo found = new NearestTwo(1);

  /** What is written for a message, and whether it holds a user. */
  public record Event(boolean isUser, String json) {}

  /**
   * A scorer of messages.
   *
   * @param reader of messages that hold what the model needs
   * @param explains whether each user gets the keys {@link InputSpec#EXPLANATION_COLUMNS} too
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

  public String digest() {
    return live.digest();
  }

  /**
   * The users that were scored since the last call.
   *
   * @return null if the model does not say how the values of its users are spread
   */
  public DriftCounts takeCountsOrNull() {
    return counter == null ? null : counter.take();
  }

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
    out.writeStringField("source", rejection.source());
    out.writeNumberField("position", rejection.position());
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
    return live.model().personas().tags().get(cluster).persona();
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
