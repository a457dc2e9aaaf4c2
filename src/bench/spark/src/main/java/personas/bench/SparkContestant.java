package personas.bench;

import java.util.Arrays;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
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
 * The whole job the way a user of Spark MLlib would write it: the first column is the id, the others
 * are features. Arguments: input, output, k.
 */
public final class SparkContestant {
  private SparkContestant() {}

  public static void main(String[] args) {
    String input = args[0];
    String output = args[1];
    int k = Integer.parseInt(args[2]);
    SparkSession spark =
        SparkSession.builder()
            .master("local[2]")
            .appName("bench")
            .config("spark.ui.enabled", false)
            .config("spark.sql.shuffle.partitions", 2)
            .getOrCreate();
    String[] columns = spark.read().option("header", true).csv(input).columns();
    String[] features = Arrays.copyOfRange(columns, 1, columns.length);
    StructType schema = new StructType().add(columns[0], DataTypes.StringType);
    for (String feature : features) {
      schema = schema.add(feature, DataTypes.DoubleType);
    }
    Dataset<Row> users = spark.read().option("header", true).schema(schema).csv(input);
    Dataset<Row> vectors =
        new VectorAssembler().setInputCols(features).setOutputCol("raw").transform(users);
    Dataset<Row> rows = vectors.select(columns[0], "raw").persist(StorageLevel.MEMORY_AND_DISK());
    PipelineModel model =
        new Pipeline()
            .setStages(
                new PipelineStage[] {
                  new StandardScaler()
                      .setInputCol("raw")
                      .setOutputCol("features")
                      .setWithMean(true)
                      .setWithStd(true),
                  new KMeans().setK(k).setSeed(42).setMaxIter(100).setTol(1e-4)
                })
            .fit(rows);
    model
        .transform(rows)
        .select(columns[0], "prediction")
        .write()
        .option("header", true)
        .mode("overwrite")
        .csv(output);
    spark.stop();
  }
}
