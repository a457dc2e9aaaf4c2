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
 * Files of the local file system. Only their owner may read what lies in a staging folder, because
 * it holds personal data. A move and a link replace or refuse a symbolic link, and never follow it.
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

  /** Creates or replaces a file, with its parent folders. */
  static OutputStream create(Path file) throws IOException {
    createFolder(file.toAbsolutePath().getParent());
    return Channels.newOutputStream(
        isPosix(file) && isStaged(file)
            ? Files.newByteChannel(file, CREATE, OWNER_FILE)
            : Files.newByteChannel(file, CREATE));
  }

  /** Creates a folder with its parents; nothing happens if it exists. */
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
    } catch (FileAlreadyExistsException another) {
      if (!Files.isDirectory(folder)) {
        throw another;
      }
    }
  }

  /** Whether a folder can be made in a folder, which the permissions alone do not tell. */
  static boolean takesFolders(Path folder) {
    Path made = folder.resolve(".personas-" + UUID.randomUUID());
    try {
      Files.createDirectory(made);
      Files.delete(made);
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
   * Moves a file in one step, over whatever file has the name.
   *
   * @return false if the file, or the folder that it should go to, does not exist
   */
  static boolean move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
      return true;
    } catch (NoSuchFileException gone) {
      return false;
    }
  }

  /** Deletes a folder and all below. A file that somebody else has just deleted is not an error. */
  static void deleteTree(Path folder) throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException failure)
              throws IOException {
            return unlessGone(failure);
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, IOException failure)
              throws IOException {
            if (failure != null) {
              unlessGone(failure);
            }
            Files.deleteIfExists(visited);
            return FileVisitResult.CONTINUE;
          }

          private FileVisitResult unlessGone(IOException failure) throws IOException {
            if (failure instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw failure;
          }
        });
  }

  /**
   * Takes a folder away in one step, so that nobody who knows its name can use it, then deletes it.
   * Nothing happens if it does not exist.
   */
  static void takeAway(Path folder, Path newName) throws IOException {
    try {
      Files.move(folder, newName, StandardCopyOption.ATOMIC_MOVE);
    } catch (NoSuchFileException gone) {
      return;
    }
    deleteTree(newName);
  }

  /**
   * Gives a staged file the permissions of another file. Nothing happens if one does not exist, or
   * if the file system has no such permissions.
   */
  static void copyPermissions(Path from, Path to) throws IOException {
    if (!isPosix(to)) {
      return;
    }
    try {
      Files.setPosixFilePermissions(
          to, Files.getPosixFilePermissions(from, LinkOption.NOFOLLOW_LINKS));
    } catch (NoSuchFileException gone) {
      // The move that follows says whether that matters.
    }
  }

  /**
   * Gives a finished file a second name, unless the name is taken.
   *
   * @return false if the name is taken
   */
  static boolean link(Path finished, Path name) throws IOException {
    try {
      Files.createLink(name, finished);
      return true;
    } catch (FileAlreadyExistsException taken) {
      return false;
    } catch (NoSuchFileException gone) {
      throw gone;
    } catch (UnsupportedOperationException | FileSystemException noLinks) {
      return copy(finished, name);
    }
  }

  /** For file systems without hard links: the name is taken first, and filled a moment later. */
  private static boolean copy(Path finished, Path name) throws IOException {
    try {
      Files.write(
          name,
          Files.readAllBytes(finished),
          StandardOpenOption.CREATE_NEW,
          StandardOpenOption.WRITE);
      return true;
    } catch (FileAlreadyExistsException taken) {
      return false;
    }
  }
}
