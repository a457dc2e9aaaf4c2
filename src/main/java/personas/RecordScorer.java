package personas;

import java.io.IOException;
import java.util.BitSet;
import java.util.List;
import java.util.TreeMap;
import personas.feature.UserSchema;
import personas.feature.shard.Shard;
import personas.kmeans.LloydKernel;
import personas.kmeans.NearestTwo;
import personas.model.score.Margin;
import personas.model.score.ScoringModel;
import personas.table.RequiredColumns;
import personas.table.RowReader;
import personas.table.ledger.Rejection;
import personas.table.record.RecordTarget;
import personas.table.record.TypedRecordReader;
import personas.table.record.UserBuilder;

/**
 * Scores rows of values with the same checks and arithmetic as the rows of an Avro or Parquet file.
 * A scorer is not thread-safe, because it owns its buffers.
 */
final class RecordScorer {
  /** The values to score: texts, numbers, booleans or nulls. */
  interface Values {
    /** Returns the value of a column in a row; both count from 0. */
    Object value(int row, int column);
  }

  private final ScoringModel model;
  private final UserSchema schema;
  private final List<String> columns;
  private final UserBuilder users;
  private final TypedRecordReader reader;
  private final LloydKernel kernel;
  private final double[][] zScores;
  private final NearestTwo nearestTwo;
  private final double[] outlierEdges;
  private final Rows rows = new Rows();
  private PersonaScore[] scores;
  private TreeMap<Integer, RejectedRecordException> rejected;

  /** The first row that may still get a score. */
  private int nextRow;

  /** The rows of the current call. */
  private static final class Rows implements RowReader {
    private Values values;
    private int count;
    private int row;

    /** The column that was read last. */
    private int lastColumn;

    private void start(int rowCount, Values source) {
      values = source;
      count = rowCount;
      row = -1;
    }

    @Override
    public boolean next() {
      row++;
      return row < count;
    }

    @Override
    public Object value(int column) {
      lastColumn = column;
      return values.value(row, column);
    }

    @Override
    public void close() {}
  }

  /**
   * Creates a scorer with buffers for blocks of rows.
   *
   * @param blockRows rows of a block, 1..{@link LloydKernel#BLOCK}
   */
  RecordScorer(ScoringModel model, int blockRows) {
    this.model = model;
    this.schema = model.schema();
    this.columns = RequiredColumns.of(schema).names();
    this.users = new UserBuilder(schema, this::score, blockRows, new BitSet());
    this.reader =
        new TypedRecordReader(schema, rows, 0, new RecordTarget("record", users, this::reject));
    this.kernel = new LloydKernel(model.centroids());
    this.zScores = new double[schema.features().size()][blockRows];
    this.nearestTwo = new NearestTwo(blockRows);
    outlierEdges = model.outlierEdges();
  }

  /**
   * Scores rows. A row that the spec rejects gets a rejection instead of a score.
   *
   * @param count the number of rows
   * @param values the raw values of these rows
   * @throws IllegalArgumentException if a value has a type that no column can hold; the scorer must
   *     not be used again
   */
  PersonaScores score(int count, Values values) {
    scores = new PersonaScore[count];
    rejected = new TreeMap<>();
    nextRow = 0;
    rows.start(count, values);
    try {
      reader.readAll();
      users.flush();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "Column '"
              + columns.get(rows.lastColumn)
              + "': "
              + e.getMessage()
              + "; a value is a text, a number, a boolean or null",
          e);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return new PersonaScores(scores, rejected);
  }

  private void reject(Rejection rejection) {
    rejected.put(rows.row, new RejectedRecordException(rejection, schema));
  }

  private void score(Shard block) {
    int count = block.rows();
    for (int f = 0; f < zScores.length; f++) {
      model.standardizer().standardize(f, block.column(f), 0, count, zScores[f]);
    }
    kernel.nearestTwo(zScores, 0, count, nearestTwo);
    for (int i = 0; i < count; i++) {
      while (rejected.containsKey(nextRow)) {
        nextRow++;
      }
      scores[nextRow++] = scoreOf(i);
    }
  }

  private PersonaScore scoreOf(int i) {
    int nearest = nearestTwo.nearest()[i];
    int second = nearestTwo.second()[i];
    double distance = Math.sqrt(nearestTwo.best()[i]);
    return new PersonaScore(
        model.id(nearest),
        persona(nearest),
        distance,
        second < 0 ? "" : persona(second),
        Margin.of(distance, Math.sqrt(nearestTwo.secondBest()[i])),
        distance > outlierEdges[nearest]);
  }

  private String persona(int cluster) {
    return model.personas().clusters().get(cluster).persona();
  }
}
