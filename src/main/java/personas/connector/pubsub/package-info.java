/** Messages from and to Google Cloud Pub/Sub. */
package personas.connector.pubsub;
