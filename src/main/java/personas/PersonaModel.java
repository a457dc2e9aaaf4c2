package personas;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import personas.kmeans.LloydKernel;
import personas.model.Model;
import personas.model.ModelJson;
import personas.model.score.ScoringColumns;
import personas.model.score.ScoringModel;
import personas.table.RequiredColumns;

/**
 * A finished model that gives users their personas within any Java program. The model runs without
 * Beam: the jar with the classifier {@code model} holds the classes, and Jackson and
 * FastDoubleParser are the only libraries. The results equal the results of the command {@code
 * score}, bit for bit.
 *
 * <pre>{@code
 * PersonaModel model = PersonaModel.load(Path.of("out/today/model.json"));
 * PersonaScore score = model.score(Map.of("visits", 12, "spend", "80.5", "plan", "pro"));
 * System.out.println(score.persona() + " at distance " + score.distance());
 * PersonaScores many = model.scoreColumns(Map.of("visits", visits, "spend", spend, "plan", plan));
 * many.rejected().forEach((row, reason) -> System.out.println(row + ": " + reason.getMessage()));
 * }</pre>
 *
 * <p>A value is a text, a number, a boolean, or null if it is missing. The model defines how a text
 * is read: texts for missing values, decimal mark, formats of numbers, words of a boolean and
 * levels of a category. A number is taken as it is. The model's policies for missing values and the
 * model's ranges apply. The id and all other columns are ignored.
 *
 * <p>A model is immutable and safe for use by many threads. Calls that run at the same time have
 * separate buffers, and later calls reuse the buffers.
 */
public final class PersonaModel {
  private final ScoringModel model;
  private final List<String> columns;

  /** Idle scorers that score one record at a time. */
  private final Queue<RecordScorer> recordScorers = new ConcurrentLinkedQueue<>();

  /** Idle scorers that score blocks of records. */
  private final Queue<RecordScorer> blockScorers = new ConcurrentLinkedQueue<>();

  private PersonaModel(ScoringModel model) {
    this.model = model;
    this.columns = List.copyOf(RequiredColumns.of(model.schema()).names());
  }

  /**
   * Loads a model.
   *
   * @param path the {@code model.json} of a finished run
   * @throws IOException if the file cannot be read or is not a model; the message names the file
   *     and the key
   */
  public static PersonaModel load(Path path) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(path))) {
      return load(path.toString(), in);
    }
  }

  /**
   * Loads a model from a stream, for example from a resource of the class path. The stream stays
   * open.
   *
   * @param in the {@code model.json} of a finished run
   * @throws IOException if the stream cannot be read or is not a model; the message names the key
   */
  public static PersonaModel load(InputStream in) throws IOException {
    return load("model.json", in);
  }

  private static PersonaModel load(String source, InputStream in) throws IOException {
    Model model = ModelJson.read(source, in);
    try {
      ScoringColumns featuresOnly = new ScoringColumns("none", List.of());
      return new PersonaModel(ScoringModel.of(model, featuresOnly.schema(model)));
    } catch (IllegalArgumentException e) {
      throw new IOException(source + ": " + e.getMessage(), e);
    }
  }

  /** Returns the name of the segmentation that the model was trained by. */
  public String name() {
    return model.name();
  }

  /** Returns the columns that the model reads, in the order of its features. */
  public List<String> columns() {
    return columns;
  }

  /**
   * Scores one user.
   *
   * @param record column → value; an absent column is a missing value
   * @throws RejectedRecordException if the command {@code score} would reject the record
   * @throws IllegalArgumentException if a value is not a text, a number, a boolean or null
   */
  public PersonaScore score(Map<String, ?> record) {
    return score(recordScorers, 1, 1, (row, column) -> record.get(columns.get(column))).get(0);
  }

  /**
   * Scores many users at once, which takes less time per user than one call for each. Java does not
   * allow the name {@code score} here, because it cannot tell the two kinds of maps apart.
   *
   * @param table column → values of all users; every list has the same length
   * @return one result per user, in the order of the lists; a rejected user does not stop the call
   * @throws IllegalArgumentException if a column of {@link #columns} is absent, if two lists differ
   *     in length, or if a value is not a text, a number, a boolean or null
   */
  public PersonaScores scoreColumns(Map<String, ? extends List<?>> table) {
    List<List<?>> values = new ArrayList<>();
    for (String column : columns) {
      List<?> list = table.get(column);
      if (list == null) {
        throw new IllegalArgumentException(
            "Column '" + column + "' is missing; the model reads the columns " + columns);
      }
      if (!values.isEmpty() && list.size() != values.get(0).size()) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "Column '%s' holds %d values, but column '%s' holds %d",
                column,
                list.size(),
                columns.get(0),
                values.get(0).size()));
      }
      values.add(list);
    }
    int users = values.isEmpty() ? 0 : values.get(0).size();
    return score(
        blockScorers, LloydKernel.BLOCK, users, (row, column) -> values.get(column).get(row));
  }

  private PersonaScores score(
      Queue<RecordScorer> idle, int blockRows, int users, RecordScorer.Values values) {
    RecordScorer scorer = idle.poll();
    if (scorer == null) {
      scorer = new RecordScorer(model, blockRows);
    }
    PersonaScores scores = scorer.score(users, values);
    // After an exception the scorer may hold a part of a record, so it is not used again.
    idle.offer(scorer);
    return scores;
  }
}
