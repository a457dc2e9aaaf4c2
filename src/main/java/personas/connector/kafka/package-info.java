/** Reads and writes messages of Apache Kafka. */
package personas.connector.kafka;
