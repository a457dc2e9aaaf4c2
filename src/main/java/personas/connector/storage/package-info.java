/** Folders and files on any file system that Beam supports. */
package personas.connector.storage;
