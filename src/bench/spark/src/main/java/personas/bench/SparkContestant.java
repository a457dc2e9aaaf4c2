package personas.bench;

import java.util.Arrays;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.clustering.KMeans;
import org.apache.spark.ml.feature.StandardScaler;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;

/**
 * Runs the whole job with Spark MLlib. The first column is the id, and all other columns are features. Arguments: input, output, k, {@code plain} or {@code tuned}.
 *
 * <p>{@code plain} follows the guide of Spark: Spark infers the types of the columns, and the stages of one pipeline decide what they cache. {@code tuned} is the job of an experienced user: the types are given, the vectors are cached for all stages, and there are as many partitions as cores.
 */
public final class SparkContestant {
  private SparkContestant() {}

  public static void main(String[] args) {
    String input = args[0];
    String output = args[1];
    int k = Integer.parseInt(args[2]);
    boolean tuned = args[3].equals("tuned");
    SparkSession.Builder builder =
        SparkSession.builder()
            .master("local[2]")
            .appName("bench")
            .config("spark.ui.enabled", false);
    SparkSession spark =
        (tuned ? builder.config("spark.sql.shuffle.partitions", 2) : builder).getOrCreate();
    Dataset<Row> users =
        tuned
            ? typed(spark, input)
            : spark.read().option("header", true).option("inferSchema", true).csv(input);
    String[] columns = users.columns();
    VectorAssembler assembler =
        new VectorAssembler()
            .setInputCols(Arrays.copyOfRange(columns, 1, columns.length))
            .setOutputCol("raw");
    StandardScaler scaler =
        new StandardScaler()
            .setInputCol("raw")
            .setOutputCol("features")
            .setWithMean(true)
            .setWithStd(true);
    KMeans kMeans = new KMeans().setK(k).setSeed(42).setMaxIter(100).setTol(1e-4);
    Dataset<Row> rows =
        tuned
            ? assembler
                .transform(users)
                .select(columns[0], "raw")
                .persist(StorageLevel.MEMORY_AND_DISK())
            : users;
    PipelineStage[] stages =
        tuned
            ? new PipelineStage[] {scaler, kMeans}
            : new PipelineStage[] {assembler, scaler, kMeans};
    new Pipeline()
        .setStages(stages)
        .fit(rows)
        .transform(rows)
        .select(columns[0], "prediction")
        .write()
        .option("header", true)
        .mode("overwrite")
        .csv(output);
    spark.stop();
  }

  /** Reads users with given types: a text for the id, and numbers. */
  private static Dataset<Row> typed(SparkSession spark, String input) {
    String[] columns = spark.read().option("header", true).csv(input).columns();
    StructType schema = new StructType().add(columns[0], DataTypes.StringType);
    for (String feature : Arrays.copyOfRange(columns, 1, columns.length)) {
      schema = schema.add(feature, DataTypes.DoubleType);
    }
    return spark.read().option("header", true).schema(schema).csv(input);
  }
}
