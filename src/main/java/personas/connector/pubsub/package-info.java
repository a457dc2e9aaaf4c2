/** Reads and writes messages of Google Cloud Pub/Sub. */
package personas.connector.pubsub;
