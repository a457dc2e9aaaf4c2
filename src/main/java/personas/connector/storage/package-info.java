/** Folders and files on any file system that Beam knows. */
package personas.connector.storage;
