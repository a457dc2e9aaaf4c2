/** Messages from and to Apache Kafka. */
package personas.connector.kafka;
