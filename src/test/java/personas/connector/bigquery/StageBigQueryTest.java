package personas.connector.bigquery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.api.services.bigquery.model.TableSchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.apache.avro.Conversions;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.util.Utf8;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.io.gcp.bigquery.SchemaAndRecord;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.values.PCollection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import personas.connector.storage.Folder;
import personas.connector.storage.SerializedFile;
import personas.connector.storage.StoredFile;
import personas.feature.Feature;
import personas.feature.UserSchema;
import personas.table.read.FileRange;
import personas.table.read.RangeReader;

/** Checks the order and the texts of rows of BigQuery. */
class StageBigQueryTest {
  private static final UserSchema SCHEMA =
      new UserSchema("id", List.of(Feature.of("x")), List.of("copied"));

  @TempDir static Path folder;

  /** Two of three columns: most buckets are a file of their own, those with few rows share one. */
  @Test
  void rowsAreNumberedWithoutAGapAndAlikeInAnyOrder() throws Exception {
    long seed = 5;
    System.out.println("rows shuffled with seed " + seed);
    EncodeBigQueryRow format = new EncodeBigQueryRow(SCHEMA);
    List<byte[]> rows = new ArrayList<>();
    for (int i = 0; i < 12_000; i++) {
      // Twelve rows are one and the same.
      rows.add(format.apply(row("u" + Math.max(11, i), i < 12 ? 11.0 : i, "c".repeat(1400))));
    }
    List<String> first = numbered(format, rows, "first");
    assertEquals(12_000, first.size());
    Collections.shuffle(rows, new Random(seed));
    assertEquals(first, numbered(format, rows, "second"));
    assertEquals(12, first.stream().filter("u11"::equals).count());
    assertEquals(List.of(), numbered(format, List.of(), "none"));
  }

  private static SchemaAndRecord row(String id, double x, String copied) {
    return row(id, x, copied, "\"string\"", "STRING");
  }

  private static SchemaAndRecord row(
      String id, double x, Object copied, String avroType, String type) {
    String fields =
        """
        [{"name": "id", "type": "string"}, {"name": "x", "type": "double"},
         {"name": "copied", "type": ["null", %s]}]""";
    Schema avro =
        new Schema.Parser()
            .parse(
                "{\"type\": \"record\", \"name\": \"r\", \"fields\": "
                    + fields.formatted(avroType)
                    + "}");
    GenericData.Record record = new GenericData.Record(avro);
    record.put("id", id);
    record.put("x", x);
    record.put("copied", copied);
    return new SchemaAndRecord(record, fields("STRING", "FLOAT", type));
  }

  private static TableSchema fields(String id, String x, String copied) {
    return new TableSchema()
        .setFields(
            List.of(
                new TableFieldSchema().setName("id").setType(id),
                new TableFieldSchema().setName("x").setType(x),
                new TableFieldSchema().setName("copied").setType(copied)));
  }

  /** The ids in the order of their numbers. */
  private static List<String> numbered(EncodeBigQueryRow format, List<byte[]> rows, String name)
      throws Exception {
    Pipeline pipeline = Pipeline.create();
    Folder staging = new Folder(folder.resolve(name).toString());
    PCollection<byte[]> input =
        pipeline.apply("Rows", Create.of(rows).withCoder(ByteArrayCoder.of()));
    PCollection<String> source = pipeline.apply("Source", Create.of("bigquery://x"));
    Path found = folder.resolve(name + "-ranges");
    PAssert.that(StageBigQuery.order(input, source, "bigquery://x", format, staging))
        .satisfies(new Keep(found.toString()));
    pipeline.run().waitUntilFinish();
    List<String> ids = new ArrayList<>();
    for (FileRange range : Keep.ranges(found.toString())) {
      assertEquals(ids.size(), range.range().start());
      ids.addAll(ids(range));
      assertEquals(ids.size(), range.range().end());
    }
    return ids;
  }

  private static List<String> ids(FileRange range) throws Exception {
    List<String> ids = new ArrayList<>();
    new RangeReader(SCHEMA, range.header(), 1 << 16)
        .read(
            new StoredFile(range.range().file(), range.path(), range.fileSize()),
            range.range(),
            -1,
            shard -> {
              for (int i = 0; i < shard.rows(); i++) {
                ids.add(shard.id(i));
              }
            },
            rejection -> {
              throw new IllegalStateException(rejection.toString());
            });
    return ids;
  }

  /** Brings the ranges out of the job. */
  private record Keep(String file) implements SerializableFunction<Iterable<FileRange>, Void> {
    @Override
    public Void apply(Iterable<FileRange> ranges) {
      ArrayList<FileRange> sorted = new ArrayList<>();
      ranges.forEach(sorted::add);
      sorted.sort(Comparator.comparingLong(range -> range.range().start()));
      try {
        SerializedFile.save(sorted, file);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return null;
    }

    static List<FileRange> ranges(String file) throws IOException {
      List<FileRange> ranges = new ArrayList<>();
      for (Object each : SerializedFile.load(file, ArrayList.class)) {
        ranges.add((FileRange) each);
      }
      assertTrue(ranges.size() == 1 || ranges.size() > 2, ranges.size() + " ranges");
      return ranges;
    }
  }

  @Test
  void valuesHaveTheTextOfACsv() throws Exception {
    assertEquals("1.5", text("NUMERIC", decimal("1.500000000"), decimalType()));
    assertEquals("100", text("NUMERIC", decimal("100.000000000"), decimalType()));
    assertEquals("0", text("NUMERIC", decimal("0E-9"), decimalType()));
    assertEquals("2026-11-23T04:05:06.007Z", text("TIMESTAMP", 1795406706007000L, "\"long\""));
    assertEquals("2026-11-23", text("DATE", 20780, "\"int\""));
    assertEquals("2026-11-23", text("DATE", "2026-11-23", "\"string\""));
    assertEquals("04:05:06", text("TIME", 14706000000L, "\"long\""));
    assertEquals("2026-11-23T04:05:06", text("DATETIME", "2026-11-23T04:05:06", "\"string\""));
    assertEquals("true", text("BOOLEAN", true, "\"boolean\""));
    assertEquals("0.1", text("FLOAT", 0.1, "\"double\""));
    assertEquals("9007199254740993", text("INTEGER", 9007199254740993L, "\"long\""));
    assertEquals("Ünï", text("STRING", new Utf8("Ünï"), "\"string\""));
    assertEquals(null, text("STRING", null, "\"string\""));
    assertEquals("", text("STRING", "", "\"string\""));
  }

  private static String decimalType() {
    return "{\"type\":\"bytes\",\"logicalType\":\"decimal\",\"precision\":38,\"scale\":9}";
  }

  private static Object decimal(String number) {
    return new Conversions.DecimalConversion()
        .toBytes(new BigDecimal(number), null, LogicalTypes.decimal(38, 9));
  }

  /** Of a copied column. */
  private static String text(String type, Object value, String avroType) throws Exception {
    EncodeBigQueryRow format = new EncodeBigQueryRow(SCHEMA);
    byte[] row = format.apply(row("u", 1, value, avroType, type));
    return (String) format.texts(row)[2];
  }
}
