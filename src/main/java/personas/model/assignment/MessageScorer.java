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

  private final VersionedModel model;
  private final MessageReader reader;
  private final LloydKernel kernel;
  private final UserLine lines;
  private final double[] outlierEdges;
  private final List<String> passThrough;

  /** Explains users; null if users are not explained. */
  private final UserExplainer explainer;

  /** Counts users for the drift; null if the model does not hold the distribution of its users. */
  private final DriftCounter counter;

  private final double[][] zScores;
  private final NearestTwo nearestTwo = new NearestTwo(1);

  /**
   * Creates a scorer of messages.
   *
   * @param model the model with its digest
   * @param reader reads the columns that the model needs
   * @param explains whether the line of each user has the keys {@link
   *     InputSpec#EXPLANATION_COLUMNS}
   */
  public MessageScorer(VersionedModel model, MessageReader reader, boolean explains) {
    ScoringModel scoring = model.model();
    this.model = model;
    this.reader = reader;
    this.kernel = new LloydKernel(scoring.centroids());
    this.explainer = explains ? scoring.explainer() : null;
    this.lines = new UserLine(model);
    this.outlierEdges = scoring.outlierEdges();
    this.passThrough = scoring.schema().passThrough();
    this.zScores = new double[scoring.schema().features().size()][1];
    TrainedUsers trained = scoring.trainedUsersOrNull();
    this.counter = trained == null ? null : new DriftCounter(trained);
  }

  /** Returns the digest of the model. */
  public String digest() {
    return model.digest();
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
   * Scores or rejects one message, and appends the line without a line feed.
   *
   * @param source the topic and the partition, or the name of the file
   * @param position the position of the message in the source
   * @param message the bytes of the message
   * @param line gets the line
   * @return whether the message was scored; false if it was rejected
   * @throws IOException if the line cannot be written
   */
  public boolean score(String source, long position, byte[] message, CsvBuffer line)
      throws IOException {
    Content content = reader.read(source, position, message);
    if (content instanceof User user) {
      write(user, line);
      lines.appendEnd(source, position, line);
      return true;
    }
    byte[] json = json(((Rejected) content).rejection()).getBytes(StandardCharsets.UTF_8);
    line.append(json, 0, json.length);
    return false;
  }

  private String json(Rejection rejection) throws IOException {
    StringWriter json = new StringWriter();
    try (JsonGenerator out = JSON.createGenerator(json)) {
      out.writeStartObject();
      out.writeStringField("source", rejection.place().source());
      out.writeNumberField("position", rejection.place().position());
      out.writeStringField("reason", rejection.reason().code());
      out.writeStringField("field", rejection.field());
      out.writeStringField("value", rejection.value());
      out.writeStringField("record", rejection.excerpt());
      out.writeStringField("model", model.digest());
      out.writeEndObject();
    }
    return json.toString();
  }

  private void write(User user, CsvBuffer line) {
    Shard shard = user.shard();
    for (int f = 0; f < zScores.length; f++) {
      model.model().standardizer().standardize(f, shard.column(f), 0, 1, zScores[f]);
    }
    kernel.nearestTwo(zScores, 0, 1, nearestTwo);
    int nearest = nearestTwo.nearest()[0];
    int second = nearestTwo.second()[0];
    if (counter != null) {
      counter.add(shard.columns(), nearest);
    }
    double distance = Math.sqrt(nearestTwo.best()[0]);
    double margin = Margin.of(distance, Math.sqrt(nearestTwo.secondBest()[0]));
    lines.appendStart(shard, line);
    lines.appendCluster(nearest, distance, second, margin, line);
    lines.appendOutlier(distance > outlierEdges[nearest], line);
    if (explainer != null) {
      explainer.setUser(shard.values(0), Columns.row(zScores, 0), nearest, second);
      lines.appendText(InputSpec.WHY_COLUMN, explainer.why(), line);
      lines.appendText(InputSpec.LEAST_CHANGE_COLUMN, explainer.leastChange(), line);
    }
    for (int i = 0; i < passThrough.size(); i++) {
      lines.appendText(passThrough.get(i), user.passThrough().get(i), line);
    }
  }
}
