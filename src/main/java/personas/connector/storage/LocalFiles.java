package personas.connector.storage;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;

/**
 * Operations on files of the local file system. Only the owner may read a staging folder, because
 * it holds personal data. Moving and linking do not follow a symbolic link: they replace it or
 * fail.
 */
final class LocalFiles {
  private static final FileAttribute<Set<PosixFilePermission>> OWNER_FOLDER = owner("rwx------");
  private static final FileAttribute<Set<PosixFilePermission>> OWNER_FILE = owner("rw-------");
  private static final Set<StandardOpenOption> CREATE =
      Set.of(
          StandardOpenOption.CREATE,
          StandardOpenOption.TRUNCATE_EXISTING,
          StandardOpenOption.WRITE);

  private LocalFiles() {}

  private static FileAttribute<Set<PosixFilePermission>> owner(String permissions) {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
  }

  /** Creates or replaces a file, and creates missing parent folders. */
  static OutputStream create(Path file) throws IOException {
    createFolder(file.toAbsolutePath().getParent());
    return Channels.newOutputStream(
        isPosix(file) && isStaged(file)
            ? Files.newByteChannel(file, CREATE, OWNER_FILE)
            : Files.newByteChannel(file, CREATE));
  }

  /** Creates a folder and its missing parents. Does nothing if the folder exists. */
  static void createFolder(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      return;
    }
    if (!isPosix(folder) || !isStaged(folder)) {
      Files.createDirectories(folder);
      return;
    }
    createFolder(folder.getParent());
    try {
      Files.createDirectory(folder, OWNER_FOLDER);
    } catch (FileAlreadyExistsException exists) {
      if (!Files.isDirectory(folder)) {
        throw exists;
      }
    }
  }

  /**
   * Returns whether this process can create a folder in the given folder. Permissions alone do not
   * decide this, so the method creates a folder and deletes it.
   */
  static boolean canCreateFolderIn(Path folder) {
    Path created = folder.resolve(".personas-" + UUID.randomUUID());
    try {
      Files.createDirectory(created);
      Files.delete(created);
      return true;
    } catch (IOException refused) {
      return false;
    }
  }

  private static boolean isPosix(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  private static boolean isStaged(Path path) {
    for (Path name : path) {
      if (name.toString().startsWith(Folder.STAGING_PREFIX)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Moves a file in one step, and replaces a file that has the new name.
   *
   * @return false if the file or the target folder does not exist
   */
  static boolean move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
      return true;
    } catch (NoSuchFileException gone) {
      return false;
    }
  }

  /**
   * Deletes a folder and everything in it. A file that another process has just deleted is not an
   * error.
   */
  static void deleteTree(Path folder) throws IOException {
    Files.walkFileTree(folder, new Deletion());
  }

  /** Deletes all files of a tree; another process may delete some of them at the same time. */
  private static final class Deletion extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.deleteIfExists(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
      return continueIfGone(failure);
    }

    @Override
    public FileVisitResult postVisitDirectory(Path visited, IOException failure)
        throws IOException {
      if (failure != null) {
        continueIfGone(failure);
      }
      Files.deleteIfExists(visited);
      return FileVisitResult.CONTINUE;
    }

    private FileVisitResult continueIfGone(IOException failure) throws IOException {
      if (failure instanceof NoSuchFileException) {
        return FileVisitResult.CONTINUE;
      }
      throw failure;
    }
  }

  /**
   * Renames a folder in one step, so that no process can use it under the old name. Then deletes
   * the renamed folder. Does nothing if the folder does not exist.
   */
  static void deleteAtOnce(Path folder, Path newName) throws IOException {
    try {
      Files.move(folder, newName, StandardCopyOption.ATOMIC_MOVE);
    } catch (NoSuchFileException gone) {
      return;
    }
    deleteTree(newName);
  }

  /**
   * Gives a staged file the permissions of another file. Does nothing if either file does not
   * exist, or if the file system does not have POSIX permissions.
   */
  static void copyPermissions(Path from, Path to) throws IOException {
    if (!isPosix(to)) {
      return;
    }
    try {
      Files.setPosixFilePermissions(
          to, Files.getPosixFilePermissions(from, LinkOption.NOFOLLOW_LINKS));
    } catch (NoSuchFileException gone) {
      // The move that follows reports a missing file.
    }
  }

  /**
   * Gives a finished file a second name, unless a file with this name exists.
   *
   * @return false if a file with this name exists
   */
  static boolean link(Path finished, Path name) throws IOException {
    try {
      Files.createLink(name, finished);
      return true;
    } catch (FileAlreadyExistsException exists) {
      return false;
    } catch (NoSuchFileException gone) {
      throw gone;
    } catch (UnsupportedOperationException | FileSystemException noLinks) {
      return copy(finished, name);
    }
  }

  /** Copies a file on a file system without hard links. The copy is not atomic. */
  private static boolean copy(Path finished, Path name) throws IOException {
    try {
      Files.write(
          name,
          Files.readAllBytes(finished),
          StandardOpenOption.CREATE_NEW,
          StandardOpenOption.WRITE);
      return true;
    } catch (FileAlreadyExistsException exists) {
      return false;
    }
  }
}
