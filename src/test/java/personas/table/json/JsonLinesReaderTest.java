package personas.table.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import personas.feature.ColumnFeature;
import personas.feature.MissingPolicy;
import personas.feature.Transform;
import personas.feature.UserSchema;
import personas.table.InputFormat;
import personas.table.MemorySource;
import personas.table.Reading;

/** The id of a user, in a key of the record or of an object. */
class JsonLinesReaderTest {
  @Test
  void aKeyOfTheRecordCountsMoreThanTheKeyOfAnObject() throws IOException {
    assertEquals(
        List.of(), reading("n.id", "{\"n\":{\"id\":\"u1\"},\"n.id\":null,\"a\":1}").users());
    assertEquals(
        List.of(), reading("n.id", "{\"n.id\":null,\"n\":{\"id\":\"u1\"},\"a\":1}").users());
  }

  private static Reading reading(String idColumn, String line) throws IOException {
    ColumnFeature feature = new ColumnFeature("a", Transform.NONE, MissingPolicy.REJECT, 0, 1e300);
    UserSchema schema = new UserSchema(idColumn, List.of(feature), List.of());
    return Reading.whole(
        new MemorySource("x.jsonl", (line + "\n").getBytes(UTF_8)),
        schema,
        InputFormat.JSONL,
        Reading.Way.DEFAULT);
  }
}
