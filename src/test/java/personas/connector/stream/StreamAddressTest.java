package personas.connector.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class StreamAddressTest {
  @Test
  void readsWhatItWrites() {
    for (String each :
        List.of(
            "kafka://localhost:9092/users",
            "kafka://a.example:9092,b.example:9093/users.of-today_1",
            "pubsub://projects/p/subscriptions/s",
            "pubsub://projects/p/topics/t")) {
      assertTrue(StreamAddress.hasStreamScheme(each));
      assertEquals(each, StreamAddress.parse(each).toString());
    }
    assertEquals("a:1,b:2", StreamAddress.parse("kafka://a:1,b:2/t").servers());
  }

  @Test
  void aSubscriptionIsReadAndATopicIsWritten() {
    StreamAddress subscription = StreamAddress.parse("pubsub://projects/p/subscriptions/s");
    StreamAddress topic = StreamAddress.parse("pubsub://projects/p/topics/t");
    StreamAddress kafka = StreamAddress.parse("kafka://h:1/t");
    assertTrue(subscription.isReadable() && !subscription.isWritable());
    assertTrue(topic.isWritable() && !topic.isReadable());
    assertTrue(kafka.isWritable() && kafka.isReadable());
  }

  @Test
  void refusesOtherForms() {
    for (String each :
        List.of(
            "kafka://",
            "kafka://host/topic",
            "kafka://host:9092",
            "kafka://host:9092/",
            "kafka://host:9092/a/b",
            "kafka://host:9092/a b",
            "kafka://host:9092,/a",
            "pubsub://projects/p/topics/",
            "pubsub://p/t")) {
      assertTrue(StreamAddress.hasStreamScheme(each));
      assertThrows(IllegalArgumentException.class, () -> StreamAddress.parse(each), each);
    }
    assertFalse(StreamAddress.hasStreamScheme("users.csv"));
    assertFalse(StreamAddress.hasStreamScheme("gs://bucket/users.csv"));
    assertFalse(StreamAddress.hasStreamScheme(null));
  }
}
